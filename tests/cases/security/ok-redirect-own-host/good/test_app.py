import app  # noqa: F401
from django.test import Client


def test_redirects():
    client = Client()
    assert client.get("/after", {"next": "/cart"})["Location"] == "/cart"
    assert client.get("/sign-in", {"back": "/cart"})["Location"].startswith("https://id.example/")
    assert client.get("/article", {"title": "tea"})["Location"] == "/articles/tea"
