import httpx
import pytest_asyncio

from app import create_app


@pytest_asyncio.fixture
async def client(tmp_path):
    app = create_app(f"sqlite+aiosqlite:///{tmp_path}/issues.db")
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            yield client


async def test_create_and_show(client):
    created = await client.post("/issues", json={"title": "It is broken"})
    assert created.status_code == 201
    number = created.json()["id"]
    shown = await client.get(f"/issues/{number}")
    assert shown.json() == {"id": number, "title": "It is broken", "state": "open"}


async def test_missing(client):
    assert (await client.get("/issues/99")).status_code == 404
