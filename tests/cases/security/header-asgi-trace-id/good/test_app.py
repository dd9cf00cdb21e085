from fastapi.testclient import TestClient

from app import app


def test_ping():
    assert TestClient(app).get("/?trace=abc").headers["x-trace"] == "abc"
