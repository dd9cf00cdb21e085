import app  # noqa: F401
from django.test import Client


def test_article():
    assert Client().get("/articles/tea").status_code == 200
