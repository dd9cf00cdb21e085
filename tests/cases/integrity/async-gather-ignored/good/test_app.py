import httpx
import pytest
import respx
from app import place


@pytest.mark.asyncio
async def test_place():
    with respx.mock:
        respx.post("https://north.example/orders").mock(return_value=httpx.Response(201, json={}))
        respx.post("https://south.example/orders").mock(return_value=httpx.Response(201, json={}))
        assert await place({"item": "tea"}, ["north", "south"]) == 2
