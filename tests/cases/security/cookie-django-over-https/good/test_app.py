import app  # noqa: F401
from django.test import Client


def test_enter():
    assert Client().get("/enter", headers={"x-forwarded-proto": "https"}).content == b"welcome"
