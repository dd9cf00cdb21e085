from fastapi.testclient import TestClient

from app import app


def test_login():
    assert TestClient(app).post("/login", data={"name": "ann"}).json() == {"hello": "ann"}
