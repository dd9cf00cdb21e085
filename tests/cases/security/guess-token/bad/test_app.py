from app import app
from fastapi.testclient import TestClient


def test_token():
    answer = TestClient(app).post("/token", json={"username": "bot", "password": "c4lm-river"})
    assert answer.json()["access_token"]
