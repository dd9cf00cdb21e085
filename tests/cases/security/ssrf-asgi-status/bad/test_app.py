import respx
from starlette.testclient import TestClient

from app import app


@respx.mock
def test_shop_is_up():
    respx.get("https://shop.example/").respond(200)
    assert TestClient(app).get("/", params={"url": "https://shop.example/"}).json() == {"status": 200}
