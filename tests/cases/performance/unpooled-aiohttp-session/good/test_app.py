import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from app import create_app


async def api(request):
    return web.json_response({"city": request.match_info["city"]})


@pytest.mark.asyncio
async def test_weather():
    backend = web.Application()
    backend.router.add_get("/{city}", api)
    async with TestServer(backend) as server, TestClient(TestServer(create_app(str(server.make_url("/")).rstrip("/")))) as client:
        for city in ("oslo", "bergen", "moss"):
            reply = await client.get(f"/weather/{city}")
            assert await reply.json() == {"city": city}
