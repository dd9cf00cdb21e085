import asyncio

import httpx

from app import app


def test_price():
    async def ask():
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
            return await client.post("/price", json={"rule": "base * 2 + 1", "base": "10"})

    reply = asyncio.run(ask())
    assert reply.json() == {"price": 21}
