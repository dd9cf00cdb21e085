from app import app
from fastapi.testclient import TestClient


def test_order():
    assert TestClient(app).post("/orders", json={"item": "tea", "amount": 2}).json() == {"item": "tea", "amount": 2}
