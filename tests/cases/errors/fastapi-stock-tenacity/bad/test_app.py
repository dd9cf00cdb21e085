import httpx
import respx
from app import app
from fastapi.testclient import TestClient


@respx.mock
def test_stock():
    respx.get("https://warehouse.example/stock/A1").mock(return_value=httpx.Response(200, json={"count": 4}))
    assert TestClient(app).get("/stock/A1").json() == {"sku": "A1", "count": 4}
