import pytest
from django.test import Client, override_settings

from meters.models import Flat


@pytest.fixture
def meters(httpserver):
    for number in range(1, 5):
        Flat.objects.create(number=f"f{number}", meter=f"H-{number}")
        httpserver.expect_request(f"/meters/H-{number}").respond_with_json({"kwh": 1000 + number})
    with override_settings(METER_URL=httpserver.url_for("").rstrip("/")):
        yield


def test_tenants_look_at_their_heat(meters):
    client = Client()
    for number in range(1, 5):
        reply = client.get(f"/flats/f{number}/heat")
        assert reply.status_code == 200
        assert reply.json() == {"kwh": 1000 + number}


def test_no_such_flat(meters):
    assert Client().get("/flats/f9/heat").status_code == 404
