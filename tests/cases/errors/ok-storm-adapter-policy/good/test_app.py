import django
import pytest
from django.conf import settings

settings.configure(ROOT_URLCONF="app", ALLOWED_HOSTS=["*"], SECRET_KEY="for tests", DATABASES={})
django.setup()

import responses  # noqa: E402
from django.test import Client  # noqa: E402


@pytest.fixture
def rail():
    with responses.RequestsMock() as mock:
        mock.get("https://rail.example/stations", json=[{"name": "Bern"}])
        yield mock


def test_stations(rail):
    assert Client().get("/stations").json() == {"stations": ["Bern"]}
