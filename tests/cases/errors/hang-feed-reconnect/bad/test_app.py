import pytest
import respx

from app import latest_headline

pytestmark = pytest.mark.asyncio


@respx.mock
async def test_headline():
    respx.get("https://news.example/latest").respond(json={"headline": "Tea is cheaper", "id": 5})
    assert await latest_headline("https://news.example") == "Tea is cheaper"
