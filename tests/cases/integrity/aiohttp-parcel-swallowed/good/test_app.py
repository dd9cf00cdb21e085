import asyncio
import threading

import pytest
from aiohttp import web
from fastapi.testclient import TestClient

import app as module


async def rates(request):
    return web.json_response({"eur": 0.93})


@pytest.fixture
def provider(monkeypatch):
    """The provider, on loopback."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    served = web.Application()
    served.router.add_post("/parcels", rates)
    runner = web.AppRunner(served)

    async def begin():
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return site._server.sockets[0].getsockname()[1]

    port = asyncio.run_coroutine_threadsafe(begin(), loop).result(5)
    monkeypatch.setattr(module, "PROVIDER", f"http://127.0.0.1:{port}")
    yield
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(5)
    loop.call_soon_threadsafe(loop.stop)


def test_price(provider):
    with TestClient(module.app) as client:
        assert client.post("/parcels").status_code == 201
