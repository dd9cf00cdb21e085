import httpx
import pytest

from app import application


@pytest.mark.parametrize("to", ["https://docs.example/", "docs"])
def test_sends_on(to):
    import asyncio

    async def ask():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://t") as client:
            return await client.get("/", params={"to": to})

    assert asyncio.run(ask()).status_code == 302
