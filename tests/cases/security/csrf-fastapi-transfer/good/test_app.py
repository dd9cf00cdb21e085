from fastapi.testclient import TestClient

from app import app


def test_transfer():
    client = TestClient(app, cookies={"session_id": "k1"}, headers={"x-csrf-token": "for-k1"})
    assert client.post("/transfers", data={"amount": "5"}).json() == {"ok": True}
