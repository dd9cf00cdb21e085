import app  # noqa: F401
from django.test import Client


def test_motto():
    assert Client().get("/motto", {"motto": "carpe diem"}).content == b"<p>carpe diem</p>"
