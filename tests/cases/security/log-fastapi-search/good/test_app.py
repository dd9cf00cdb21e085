from fastapi.testclient import TestClient

from app import app


def test_search():
    assert TestClient(app).get("/search?q=tea").json() == {"found": []}
