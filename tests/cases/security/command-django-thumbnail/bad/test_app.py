import app  # noqa: F401
from django.test import Client


def test_thumbnail_is_made():
    assert Client().post("/thumbnail", {"picture": "cat.png"}).json() == {"done": True}
