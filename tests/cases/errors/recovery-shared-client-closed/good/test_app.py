import respx
from fastapi.testclient import TestClient

from app import app


@respx.mock
def test_tells_what_is_left():
    respx.get("https://stock.example/items/a1").respond(json={"left": 3})
    assert TestClient(app).get("/stock/a1").json() == {"sku": "a1", "left": 3}
