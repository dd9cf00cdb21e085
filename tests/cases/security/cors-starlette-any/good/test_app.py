from fastapi.testclient import TestClient

from app import app


def test_me():
    assert TestClient(app).get("/me").json() == {"name": "ann"}
