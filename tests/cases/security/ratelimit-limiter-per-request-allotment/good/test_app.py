import pytest
from fastapi.testclient import TestClient

from app import create_app


@pytest.fixture
def client():
    return TestClient(create_app([("wanjiru", "rain barrel 9", 31), ("tom", "leek-and-potato", 8)]))


def test_watering_day(client):
    reply = client.post("/login", json={"member": "wanjiru", "password": "rain barrel 9"})
    assert reply.status_code == 200
    assert reply.json() == {"plot": 31, "watering": "Tuesday"}


def test_wrong_password(client):
    assert client.post("/login", json={"member": "tom", "password": "turnip"}).status_code == 401
