import app  # noqa: F401
from django.test import Client


def test_partner():
    answer = Client().get("/partner", {"url": "https://partner.example/deal"})
    assert answer["Location"] == "https://partner.example/deal"
