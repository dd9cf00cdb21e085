import httpx
import pytest

from app import Geocoder


def service(request):
    assert request.url.params["q"] == "Main Street 1"
    return httpx.Response(200, json={"hits": [{"lat": 47.1, "lon": 8.5}], "took": 3})


@pytest.mark.asyncio
async def test_locate():
    async with Geocoder("https://geo.example", transport=httpx.MockTransport(service)) as geocoder:
        assert await geocoder.locate("Main Street 1") == (47.1, 8.5)
