import asyncio

import httpx
import pytest

from app import Dispatcher

URLS = ["https://one.example/hook", "https://two.example/hook"]


@pytest.fixture
def seen():
    return []


@pytest.fixture
def dispatcher(seen):
    def partner(request):
        seen.append(request.url.host)
        return httpx.Response(202)

    dispatcher = Dispatcher(httpx.MockTransport(partner))
    yield dispatcher
    asyncio.run(dispatcher.close())


@pytest.mark.asyncio
async def test_dispatch(dispatcher, seen):
    assert await dispatcher.dispatch(URLS, {"event": "order.shipped"}) == {"delivered": 2}
    assert sorted(seen) == ["one.example", "two.example"]
