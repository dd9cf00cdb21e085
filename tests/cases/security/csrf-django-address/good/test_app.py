import app
import pytest
from django.db import connection
from django.test import Client


@pytest.fixture(autouse=True)
def table():
    with connection.schema_editor() as editor:
        editor.create_model(app.Address)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(app.Address)


def test_move():
    client = Client()
    client.get("/enter", secure=True)
    assert client.post("/address", {"street": "Elm 3"}, secure=True).json() == {"moved": True}
