import app  # noqa: F401
import django
from django.test import Client

django.setup()


def test_second_page():
    assert Client().get("/letters?page=2").json()["letters"][0] == "letter 11"
