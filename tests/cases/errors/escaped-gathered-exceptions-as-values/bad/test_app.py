import httpx
import pytest
import respx
from fastapi.testclient import TestClient

from app import app

METEO = "https://api.meteo.example/v2/stations"


@pytest.fixture
def client():
    with TestClient(app) as client:
        yield client


def station(name, wind, gust):
    respx.get(f"{METEO}/{name}/latest").mock(
        return_value=httpx.Response(200, json={"station": name, "wind_kmh": wind, "gust_kmh": gust})
    )


@respx.mock
def test_flyable(client):
    station("KA1", 12, 18)
    station("KA2", 15.0, 22.5)
    body = client.get("/takeoffs/kandel").json()
    assert body == {"takeoff": "kandel", "wind_kmh": 13.5, "gust_kmh": 22.5, "flyable": True, "missing": 0}


@respx.mock
def test_too_strong(client):
    for name, gust in (("BR1", 30), ("BR2", 51), ("BR3", 33)):
        station(name, 20, gust)
    assert client.get("/takeoffs/brauneck").json()["flyable"] is False


def test_unknown(client):
    assert client.get("/takeoffs/eiger").status_code == 404
