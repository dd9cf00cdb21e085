import httpx
import pytest

from app import cheapest_hours


@pytest.fixture
def client():
    cents = [30 + abs(hour - 13) for hour in range(24)]
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"cents": cents}))
    with httpx.Client(transport=transport) as client:
        yield client


def test_cheapest_hours(client):
    assert cheapest_hours(client) == [12, 13, 14]
