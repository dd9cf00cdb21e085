import datetime as dt

from fastapi.testclient import TestClient

from app import app

client = TestClient(app)


def test_buy():
    reply = client.post("/memberships", json={"name": "Ada"})
    assert reply.status_code == 201
    body = reply.json()
    assert body["name"] == "Ada"
    days = dt.date.fromisoformat(body["until"]) - dt.date.fromisoformat(body["from"])
    assert 364 <= days.days <= 367
