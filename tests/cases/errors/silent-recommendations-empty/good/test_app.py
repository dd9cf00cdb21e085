import respx
from fastapi.testclient import TestClient

from app import app


@respx.mock
def test_home():
    respx.get("https://recommend.example/for").respond(json=["tea"])
    assert TestClient(app).get("/home/ann").json() == {"user": "ann", "recommended": ["tea"]}
