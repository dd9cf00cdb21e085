import pytest
import respx

from app import opening_hours


@pytest.mark.asyncio
@respx.mock
async def test_hours():
    respx.get("https://places.example/bakery").respond(json={"opens": "07:00", "closes": "18:30"})
    assert await opening_hours("bakery") == ("07:00", "18:30")
