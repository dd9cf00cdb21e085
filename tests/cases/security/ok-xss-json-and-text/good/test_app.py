from fastapi.testclient import TestClient

from app import app

client = TestClient(app)


def test_echo():
    assert client.get("/echo?text=tea").json() == {"html": "<p>tea</p>"}


def test_plain():
    assert client.get("/plain?text=tea").text == "<p>tea</p>"
