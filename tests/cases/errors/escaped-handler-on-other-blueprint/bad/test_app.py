import httpx
import pytest

from shop import create_app


def warehouse(request):
    if request.url.path == "/products/7":
        return httpx.Response(200, json={"name": "Kettle", "colour": "red"})
    assert request.url.path == "/stock/7"
    return httpx.Response(200, json={"pieces": 12})


@pytest.fixture
def client():
    app = create_app(transport=httpx.MockTransport(warehouse))
    app.config["TESTING"] = True
    yield app.test_client()
    app.extensions["warehouse"].close()


def test_product(client):
    assert client.get("/catalog/7").json == {"id": 7, "name": "Kettle"}


def test_stock(client):
    assert client.get("/stock/7").json == {"id": 7, "pieces": 12}
