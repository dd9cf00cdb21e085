import app  # noqa: F401
from django.test import Client


def test_account():
    assert Client().get("/account").json() == {"points": 3}
