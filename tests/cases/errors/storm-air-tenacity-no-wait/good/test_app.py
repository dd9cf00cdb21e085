import respx
from fastapi.testclient import TestClient

from app import app


@respx.mock
def test_air():
    respx.get("https://air.example/now").respond(json={"quality": "good"})
    answer = TestClient(app).get("/air/bern")
    assert answer.json() == {"city": "bern", "quality": "good"}
