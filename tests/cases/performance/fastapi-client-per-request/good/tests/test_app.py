import httpx
import pytest
import respx
from fastapi.testclient import TestClient

from stock.main import app


@pytest.fixture
def client():
    with TestClient(app) as client:
        yield client


@respx.mock
@pytest.mark.parametrize("pieces", [0, 3])
def test_stock(client, pieces):
    respx.get("https://wms.example.com/stock/pen").mock(return_value=httpx.Response(200, json={"pieces": pieces}))
    assert client.get("/stock/pen").json() == {"sku": "pen", "available": pieces > 0}


@respx.mock
def test_two(client):
    respx.get(url__startswith="https://wms.example.com/stock/").mock(return_value=httpx.Response(200, json={"pieces": 1}))
    assert client.get("/stock/ink").status_code == 200
    assert client.get("/stock/cap").status_code == 200
