import app
import pytest
from django.db import connection
from django.test import Client


@pytest.fixture(autouse=True)
def table():
    with connection.schema_editor() as editor:
        editor.create_model(app.Reader)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(app.Reader)


def test_card():
    assert Client().post("/cards", {"name": "Una", "passwd": "correct horse"}).status_code == 201
