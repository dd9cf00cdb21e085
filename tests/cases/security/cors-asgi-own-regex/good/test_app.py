from fastapi.testclient import TestClient

from app import app


def test_ok():
    assert TestClient(app).get("/").json() == {"ok": True}
