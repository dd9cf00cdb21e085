import pytest
import responses

from app import CARDS, app


@pytest.fixture
def client():
    return app.test_client()


@responses.activate
def test_a_ticket(client):
    responses.post(CARDS, json={"status": "paid"})
    assert "hamlet" in client.get("/shows").json
    assert client.post("/tickets", json={"show": "hamlet"}).status_code == 201
