import httpx
import pytest
from starlette.testclient import TestClient

from app import create_app

CENTS = {"bergen": 900, "hull": 700, "vigo": 650, "lorient": 990}


def provider(request):
    house = request.url.params["house"]
    return httpx.Response(200, json={"house": house, "cents": CENTS[house], "free": 5 if house == "vigo" else 80})


@pytest.fixture
def client():
    with TestClient(create_app("https://cold.example", httpx.MockTransport(provider))) as client:
        yield client


def test_small_catch(client):
    assert client.get("/cheapest", params={"pallets": 3}).json() == {"house": "vigo", "cents": 650}


def test_big_catch(client):
    assert client.get("/cheapest", params={"pallets": 12}).json() == {"house": "hull", "cents": 700}
