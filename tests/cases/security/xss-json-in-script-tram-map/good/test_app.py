import pytest
from django.db import connection
from django.test import Client

from trams.models import Stop


@pytest.fixture
def client():
    with connection.schema_editor() as editor:
        editor.create_model(Stop)
    yield Client()
    with connection.schema_editor() as editor:
        editor.delete_model(Stop)


def test_map_of_a_line(client):
    assert client.post("/stops", {"line": "7", "name": "Prager Platz", "note": "lift out of order"}).status_code == 201
    page = client.get("/lines/7/map")
    assert page.status_code == 200
    assert b"<li>Prager Platz</li>" in page.content
    assert b'"note": "lift out of order"' in page.content


def test_line_without_stops(client):
    assert client.get("/lines/9/map").status_code == 200
