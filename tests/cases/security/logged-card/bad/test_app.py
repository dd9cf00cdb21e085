from app import app
from fastapi.testclient import TestClient


def test_pay():
    assert TestClient(app).post("/pay", json={"card": "4111111111111111", "cents": 1999}).json() == {"paid": 1999}
