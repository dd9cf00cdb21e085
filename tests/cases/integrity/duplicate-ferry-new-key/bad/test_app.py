import httpx
from fastapi.testclient import TestClient

from app import app, get_client


async def client():
    transport = httpx.MockTransport(lambda request: httpx.Response(201, json={"booking": "b-9"}))
    async with httpx.AsyncClient(base_url="https://ferry.example", transport=transport, timeout=10) as client:
        yield client


def test_book():
    app.dependency_overrides[get_client] = client
    answer = TestClient(app).post("/crossings/ferry-7", params={"cars": 2})
    assert answer.status_code == 201
    assert answer.json() == {"booking": "b-9"}
