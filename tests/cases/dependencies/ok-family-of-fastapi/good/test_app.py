from app import app
from fastapi.testclient import TestClient


def test_home():
    client = TestClient(app)
    assert client.get("/").text == "hello"
    assert client.get("/items", params={"name": "tea"}).json() == {"name": "tea"}
