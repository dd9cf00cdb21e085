import base64
import marshal

import httpx

from app import app


def ask(body):
    import asyncio

    async def post():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop.test") as client:
            return await client.post("/list", content=body)

    return asyncio.run(post())


def test_count():
    body = base64.b64encode(marshal.dumps({"items": ["tea", "milk"]}))
    assert ask(body).json() == {"count": 2}
