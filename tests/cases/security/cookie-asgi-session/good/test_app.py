from starlette.testclient import TestClient

from app import app


def test_hello():
    assert TestClient(app).get("/").json() == {"hello": "you"}
