from fastapi.testclient import TestClient

from app import app

client = TestClient(app)


def test_invoice():
    reply = client.get("/invoice", params={"seats": 3})
    assert reply.status_code == 200
    assert reply.json()["cents"] == 2970
    assert reply.json()["due"].endswith("-01")


def test_odd_seats():
    assert client.get("/invoice", params={"seats": "many"}).status_code == 422
