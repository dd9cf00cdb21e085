import httpx2
import pytest

from tides import service

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
def harbour(monkeypatch):
    def answer(request):
        assert request.url.path == "/harbours/dover/next"
        return httpx2.Response(200, json={"high": "14:20", "low": "20:35"})

    monkeypatch.setattr(service, "TRANSPORT", httpx2.MockTransport(answer))


async def test_next_high_tide(harbour):
    assert await service.next_high_tide("dover") == "14:20"


async def test_no_harbour():
    with pytest.raises(service.TideError):
        await service.next_high_tide("../admin")
