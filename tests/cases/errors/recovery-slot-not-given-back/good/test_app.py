import respx
from fastapi.testclient import TestClient

from app import app


@respx.mock
def test_finds_a_city():
    respx.get("https://geo.example/find").respond(json={"lat": 52.5})
    assert TestClient(app).get("/where/Berlin").json() == {"lat": 52.5}
