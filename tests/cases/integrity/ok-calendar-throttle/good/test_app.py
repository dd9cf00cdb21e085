import asyncio

import httpx

from app import both


def test_both():
    async def main():
        transport = httpx.MockTransport(lambda request: httpx.Response(200, text=request.url.path))
        async with httpx.AsyncClient(transport=transport) as client:
            return await both(client, ["https://a.example/1", "https://a.example/2"])

    assert asyncio.run(main()) == ["/1", "/2"]
