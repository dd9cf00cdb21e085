import httpx
import pytest
from app import app, get_client
from fastapi.testclient import TestClient


def answer(request):
    return httpx.Response(200, json={"base": "EUR", "rates": {"CHF": 0.94, "SEK": 11.2}})


async def fake_client():
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer), timeout=5) as client:
        yield client


@pytest.fixture
def client():
    app.dependency_overrides[get_client] = fake_client
    yield TestClient(app)
    app.dependency_overrides.pop(get_client)


def test_convert(client):
    assert client.get("/convert", params={"amount": "10", "currency": "CHF"}).json() == {"amount": "9.40"}


def test_needs_an_amount(client):
    assert client.get("/convert", params={"currency": "CHF"}).status_code == 422
