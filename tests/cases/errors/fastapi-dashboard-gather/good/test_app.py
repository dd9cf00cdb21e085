import httpx
import pytest
import respx
from app import app


@pytest.mark.asyncio
async def test_dashboard():
    async with respx.mock:
        respx.get("https://weather.example/now").respond(json={"sky": "blue"})
        respx.get("https://trains.example/next").respond(json=["7:04"])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            response = await client.get("/dashboard")
    assert response.json() == {"weather": {"sky": "blue"}, "trains": ["7:04"]}
