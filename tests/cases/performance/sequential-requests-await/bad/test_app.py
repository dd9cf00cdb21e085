import httpx
import respx
from fastapi.testclient import TestClient

from app import app


@respx.mock
def test_stock():
    for number in (1, 2, 3):
        respx.get(f"https://api.stock.example/articles/{number}").mock(return_value=httpx.Response(200, json=number))
    assert TestClient(app).get("/stock?articles=1-2-3").json() == [1, 2, 3]
