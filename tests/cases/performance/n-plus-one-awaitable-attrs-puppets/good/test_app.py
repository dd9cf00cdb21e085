import httpx
import pytest_asyncio

from app import create_app
from models import Play, Puppet


@pytest_asyncio.fixture
async def client(tmp_path):
    app = create_app(f"sqlite+aiosqlite:///{tmp_path}/puppets.db")
    async with app.router.lifespan_context(app):
        async with app.state.sessions.begin() as session:
            for title, names in {"Faust": ["Devil", "Faust"], "Gozzi": ["King"], "Kasper": list("abcde"), "Zar": []}.items():
                session.add(Play(title=title, season=2025, puppets=[Puppet(name=name) for name in names]))
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            yield client


async def test_season(client):
    reply = await client.get("/seasons/2025")
    assert reply.status_code == 200
    plays = reply.json()["plays"]
    assert plays[0] == {"title": "Faust", "puppets": ["Devil", "Faust"], "boxes": 1}
    assert [play["boxes"] for play in plays] == [1, 1, 2, 0]


async def test_season_without_plays(client):
    assert (await client.get("/seasons/1999")).json() == {"plays": []}
