import app  # noqa: F401
from django.test import Client


def test_ping():
    assert Client().get("/ping").json() == {"pong": True}
