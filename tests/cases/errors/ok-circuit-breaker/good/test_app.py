import httpx
import pytest

from rates import create_app
from rates.breaker import Breaker, Open


def bank(request):
    return httpx.Response(200, json={"permille": 1080})


@pytest.fixture
def client():
    app = create_app(transport=httpx.MockTransport(bank))
    app.config["TESTING"] = True
    return app.test_client()


def test_rate(client):
    assert client.get("/rates/usd").json == {"currency": "usd", "permille": 1080}


def test_breaker_opens_and_closes():
    now = [0.0]
    breaker = Breaker(limit=2, pause=10, clock=lambda: now[0])
    for _ in range(2):
        with pytest.raises(OSError), breaker:
            raise OSError("down")
    with pytest.raises(Open), breaker:
        pass
    now[0] = 11.0
    with breaker:
        pass
    with breaker:
        pass
