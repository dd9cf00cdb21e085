import asyncio
import json

import httpx
import pytest

from app import Prices


def answer(request):
    if request.method == "POST":
        return httpx.Response(200, json=[1 for _ in json.loads(request.content)["ids"]])
    return httpx.Response(200, json={"price": 1})


@pytest.mark.prodready_growth(sizes=(4, 16, 64))
def test_total(growth):
    async def body(size):
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="https://x.example") as client:
            assert await Prices(client).total(range(size)) == size

    growth(lambda size: asyncio.run(body(size)))
