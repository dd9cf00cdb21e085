import httpx
import pytest
from fastapi.testclient import TestClient

from app import create_app

MEMBERS = [
    {"number": 3, "name": "Ada", "boat": "single"},
    {"number": 9, "name": "Bo", "boat": "eight"},
    {"number": 11, "name": "Cy", "boat": "eight"},
]


@pytest.fixture
def client():
    return TestClient(create_app(httpx.MockTransport(lambda request: httpx.Response(200, json={"members": MEMBERS}))))


def test_import(client):
    assert client.get("/boats").json() == {}
    assert client.post("/import").json() == {"members": 3}
    assert client.get("/boats").json() == {"single": 1, "eight": 2}


def test_again(client):
    assert client.post("/import").status_code == 200
    assert client.post("/import").json() == {"members": 3}
