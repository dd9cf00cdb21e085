import pytest
from django.db import connection
from django.test import Client

import app  # noqa: F401


@pytest.fixture(autouse=True)
def staff():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE staff (name TEXT PRIMARY KEY, secret TEXT, changed INTEGER)")
        cursor.execute("INSERT INTO staff VALUES ('ada', '', 0)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE staff")


def test_change():
    form = {"name": "ada", "new_password": "difference-engine-2", "repeated_password": "difference-engine-2"}
    assert Client().post("/password/", form).json() == {"changed": 1}
