import app  # noqa: F401
from django.test import Client


def test_a_stranger():
    assert Client().get("/readings").status_code == 401


def test_readings():
    assert Client().get("/readings", headers={"X-Api-Key": "ab12-north"}).json() == {"readings": [3, 5, 8]}
