import sqlite3

import app
import httpx
import pytest


@pytest.fixture
def database(tmp_path, monkeypatch):
    path = str(tmp_path / "counter.db")
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE hits (page TEXT PRIMARY KEY, n INTEGER)")
    monkeypatch.setattr(app, "DATABASE", path)


@pytest.mark.asyncio
async def test_counts(database):
    transport = httpx.ASGITransport(app=app.application)
    async with httpx.AsyncClient(transport=transport, base_url="http://counter.example") as client:
        assert (await client.get("/hits/home")).json() == {"hits": 1}
        assert (await client.get("/hits/home")).json() == {"hits": 2}
        assert (await client.get("/")).status_code == 404
