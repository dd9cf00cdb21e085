import pytest
from app import Book
from django.db import connection
from django.test import Client


@pytest.fixture(autouse=True)
def books():
    with connection.schema_editor() as editor:
        editor.create_model(Book)
    Book.objects.create(title="Emma", author="Austen")
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Book)


def test_books():
    assert Client().get("/authors/austen/books/").json() == {"titles": ["Emma"]}
