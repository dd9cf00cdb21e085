import pytest
from app import Member
from django.db import connection
from django.test import Client


@pytest.fixture(autouse=True)
def table():
    with connection.schema_editor() as editor:
        editor.create_model(Member)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Member)


def test_enrol():
    answer = Client().post(
        "/members/", {"name": "Ada", "password": "difference-engine-2"}, content_type="application/json"
    )
    assert answer.status_code == 201
