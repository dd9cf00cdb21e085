from fastapi.testclient import TestClient

from app import app


def test_digest():
    assert len(TestClient(app).get("/digest/tea").json()) == 64
