from fastapi.testclient import TestClient

from app import app


def test_large_orders():
    reply = TestClient(app).get("/orders", params={"comparison": ">", "value": 100})
    assert [order["id"] for order in reply.json()["orders"]] == [2]
