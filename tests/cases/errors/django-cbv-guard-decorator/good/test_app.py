import pytest
from django.test import Client


@pytest.fixture
def book():
    from loans.models import Book

    return Book.objects.create(isbn="9780140449136", title="The Odyssey", copies=2)


def test_book(book):
    reply = Client().get("/api/books/9780140449136/")
    assert reply.status_code == 200
    assert reply.json()["title"] == "The Odyssey"


def test_loan(book):
    reply = Client().post("/api/books/9780140449136/loans/", {"member": "m-17"}, content_type="application/json")
    assert reply.status_code == 201
    book.refresh_from_db()
    assert book.copies == 1


def test_no_such_book():
    assert Client().get("/api/books/1/").status_code == 404
