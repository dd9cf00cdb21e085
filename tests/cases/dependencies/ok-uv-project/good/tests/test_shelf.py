import httpx
from shelf import book


def test_book():
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"title": "Emma"}))
    assert book(7, httpx.Client(transport=transport, timeout=5)).title == "Emma"
