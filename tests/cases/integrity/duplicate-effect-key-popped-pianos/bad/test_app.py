import httpx
import pytest
import respx

from movers import VanService


@pytest.fixture
def service():
    with httpx.Client(base_url="https://vans.example/v1", timeout=8) as http:
        yield VanService(http)


@respx.mock
def test_book(service):
    route = respx.post("https://vans.example/v1/vans").mock(return_value=httpx.Response(201, json={"van": 17}))
    assert service.book(280, 3) == 17
    assert len(route.calls.last.request.headers["Idempotency-Key"]) == 32


@respx.mock
def test_grand_piano(service):
    respx.post("https://vans.example/v1/vans", json={"weight": 480, "floors": 0}).mock(
        return_value=httpx.Response(201, json={"van": 4})
    )
    assert service.book(480, 0) == 4
