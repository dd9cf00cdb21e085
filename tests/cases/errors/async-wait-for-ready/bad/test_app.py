import app
import httpx
import pytest
import respx


@pytest.mark.asyncio
async def test_done():
    with respx.mock:
        respx.get("https://jobs.example/status/7").mock(return_value=httpx.Response(200, json={"state": "done"}))
        assert await app.wait_until_done("7") == "7"
