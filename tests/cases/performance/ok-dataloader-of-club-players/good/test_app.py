import httpx
import pytest_asyncio

from app import Match, Player, create_app


@pytest_asyncio.fixture
async def client(tmp_path):
    app = create_app(f"sqlite+aiosqlite:///{tmp_path}/club.db")
    async with app.router.lifespan_context(app):
        async with app.state.sessions.begin() as session:
            session.add_all([Player(id=number, name=f"P{number}") for number in range(1, 11)])
            await session.flush()
            session.add_all([Match(round=1, home_id=number, guest_id=number + 5) for number in range(1, 6)])
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            yield client


async def test_round(client):
    reply = await client.get("/rounds/1")
    assert reply.status_code == 200
    assert reply.json()["matches"] == ["P1 – P6", "P2 – P7", "P3 – P8", "P4 – P9", "P5 – P10"]


async def test_round_without_matches(client):
    assert (await client.get("/rounds/2")).json() == {"matches": []}
