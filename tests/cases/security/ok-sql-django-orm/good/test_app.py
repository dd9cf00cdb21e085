import pytest
from app import Person
from django.db import connection
from django.test import Client


@pytest.fixture(autouse=True)
def people():
    with connection.schema_editor() as editor:
        editor.create_model(Person)
    Person.objects.create(pk=1, name="Sinéad O'Connor", street="King's Road")
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Person)


def test_search():
    assert Client().get("/people/", {"q": "o'c", "order": "-name"}).json() == {"names": ["Sinéad O'Connor"]}


def test_neighbours():
    assert Client().get("/neighbours/Sinéad O'Connor/").json() == {"names": ["Sinéad O'Connor"]}


def test_rename():
    answer = Client().put("/people/1/name/", {"name": "Shuhada' Sadaqat"}, content_type="application/json")
    assert answer.json() == {"changed": 1}
