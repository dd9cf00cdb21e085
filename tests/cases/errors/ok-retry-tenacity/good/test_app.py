import pytest

from app import create_app


@pytest.fixture
def client():
    return create_app().test_client()


def test_departures(client, requests_mock):
    requests_mock.get("https://trains.example/bern", json={"next": ["10:02", "10:32"], "station": "Bern"})
    response = client.get("/departures/bern")
    assert response.status_code == 200
    assert response.json == {"station": "bern", "next": ["10:02", "10:32"]}


def test_odd_station(client):
    assert client.get("/departures/b%20n").status_code == 404
