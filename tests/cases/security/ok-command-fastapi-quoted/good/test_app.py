from fastapi.testclient import TestClient

from app import app

client = TestClient(app)


def test_echo():
    assert "tea & milk" in client.get("/echo", params={"text": "tea & milk"}).json()["text"]


def test_count():
    assert client.get("/count", params={"text": "O'Hara"}).json() == {"bytes": "6"}
