from fastapi.testclient import TestClient

from app import app, issue

client = TestClient(app)


def test_rooms():
    reply = client.get("/rooms", headers={"Authorization": f"Bearer {issue('una')}"})
    assert reply.json()["visitor"] == "una"


def test_without_a_ticket():
    assert client.get("/rooms").status_code == 401
