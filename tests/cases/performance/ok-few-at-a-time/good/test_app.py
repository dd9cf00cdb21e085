import httpx
import respx
from fastapi.testclient import TestClient

from app import app


@respx.mock
def test_all():
    for number in range(1, 6):
        respx.get(f"https://api.stock.example/articles/{number}").respond(json={"pieces": number})
    with TestClient(app) as client:
        assert client.get("/all?articles=1,2,3,4,5").json() == [1, 2, 3, 4, 5]
        assert client.get("/in-order?articles=1,2,3,4,5").json() == 15
