import sqlite3

import httpx
import pytest
from app import app


@pytest.fixture
def database(tmp_path):
    path = str(tmp_path / "catalogue.db")
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE items (sku TEXT, name TEXT, stock INTEGER)")
        db.execute("INSERT INTO items VALUES ('A-1', 'anvil', 3)")
    app.state.database = path
    return path


@pytest.mark.asyncio
async def test_item(database):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as client:
        response = await client.get("/items/A-1")
    assert response.json() == {"name": "anvil", "stock": 3}


@pytest.mark.asyncio
async def test_unknown(database):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as client:
        assert (await client.get("/items/Z-9")).status_code == 404
