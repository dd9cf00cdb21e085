import pytest
from django.db import connection
from django.test import Client

from rooms.models import Rehearsal


@pytest.fixture
def client():
    with connection.schema_editor() as editor:
        editor.create_model(Rehearsal)
    yield Client()
    with connection.schema_editor() as editor:
        editor.delete_model(Rehearsal)


def test_booking(client):
    assert client.post("/room/bookings", {"day": "2025-03-31", "choir": "Cantamus"}).status_code == 201
    assert client.get("/room", {"day": "2025-03-31"}).json() == {"day": "2025-03-31", "choir": "Cantamus"}


def test_nonsense_is_refused(client):
    assert client.get("/room", {"day": "tomorrow"}).status_code == 400
