import pytest
from django.test import AsyncClient, Client


def test_book(client, library):
    assert client.get("/book/21").json() == {"title": "Ben 1", "author": "Ben"}


def test_first(client, library):
    assert client.get("/first").json() == ["Ann 1", "Ann 2", "Ben 1"]
