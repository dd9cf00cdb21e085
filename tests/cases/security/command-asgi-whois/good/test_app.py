import asyncio

import httpx

from app import app


def test_whois():
    async def ask():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.get("/whois", params={"domain": "example.org"})

    answer = asyncio.run(ask())
    assert answer.status_code == 200
    assert "owner of" in answer.json()["whois"]
