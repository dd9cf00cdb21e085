from fastapi.testclient import TestClient

from app import app

client = TestClient(app)


def test_place():
    order = {
        "number": "0b6ff1f4-2f5e-4a38-9a58-0c5a8f1f9c11",
        "day": "2026-03-01",
        "lines": [{"product": "tea", "quantity": 2}],
        "note": "ring twice",
    }
    assert client.post("/orders", json=order).json()["total"] == "6.40"


def test_price():
    assert client.get("/prices/tea", params={"count": 3}).json() == {"price": "3.20"}
