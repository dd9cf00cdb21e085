import httpx
import pytest
from app import create_app
from fastapi.testclient import TestClient


def provider(request):
    return httpx.Response(201, json={"id": "ch_a", "amount": 2500, "currency": "EUR", "status": "succeeded"})


@pytest.fixture
def client(tmp_path):
    app = create_app(f"sqlite:///{tmp_path}/gifts.db", httpx.MockTransport(provider))
    yield TestClient(app)
    app.state.engine.dispose()


def test_donate(client):
    response = client.post("/donations", json={"key": "a", "cents": 2500})
    assert response.status_code == 201
