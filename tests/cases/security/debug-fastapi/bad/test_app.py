from fastapi.testclient import TestClient

from app import app


def test_ping():
    assert TestClient(app).get("/ping").json() == {"pong": True}
