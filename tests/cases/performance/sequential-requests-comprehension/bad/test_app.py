import httpx
import respx
from fastapi.testclient import TestClient

from app import app


@respx.mock
def test_basket():
    respx.get("https://api.stock.example/stock").mock(
        side_effect=lambda request: httpx.Response(200, json={"pieces": len(request.url.params["article"])})
    )
    with TestClient(app) as client:
        assert client.get("/basket?articles=a,bb,ccc,dddd").json() == {"a": 1, "bb": 2, "ccc": 3, "dddd": 4}
