from fastapi.testclient import TestClient

from app import app


def test_speak():
    assert TestClient(app).post("/notes", json={"text": "tea is ready"}).json() == {"queued": 12}
