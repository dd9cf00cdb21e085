import app  # noqa: F401
from django.test import Client


def test_total():
    assert Client().get("/total", {"numbers": "[1, 2, 3]"}).json() == {"total": 6}
