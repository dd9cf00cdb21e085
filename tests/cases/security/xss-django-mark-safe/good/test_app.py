import app  # noqa: F401
from django.test import Client


def test_profile():
    page = Client().get("/profile", {"name": "Ann", "town": "Leeds"}).content.decode()
    assert "<b class=member>Ann</b> Leeds" in page
