import app  # noqa: F401
from django.test import Client


def test_parcel(requests_mock):
    requests_mock.get("https://eu.parcels.example/track", text="under way")
    assert Client().get("/parcel", {"region": "eu", "id": "7"}).json() == {"state": "under way"}
