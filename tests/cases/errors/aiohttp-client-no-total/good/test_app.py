import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from geocode import Geocoder, Position


async def search(request):
    if request.query["q"] == "nowhere":
        return web.json_response([])
    return web.json_response([{"lat": "52.5", "lon": "13.4", "name": "Berlin"}])


@pytest_asyncio.fixture
async def geocoder():
    app = web.Application()
    app.router.add_get("/search", search)
    async with TestServer(app) as server:
        async with Geocoder(str(server.make_url("")).rstrip("/")) as geocoder:
            yield geocoder


async def test_locate(geocoder):
    result = await geocoder.locate("Berlin")
    assert result.ok
    assert result.position == Position(52.5, 13.4)


async def test_nowhere(geocoder):
    assert (await geocoder.locate("nowhere")).position is None
