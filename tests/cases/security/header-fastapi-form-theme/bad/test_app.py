from fastapi.testclient import TestClient

from app import app


def test_theme():
    assert TestClient(app).post("/theme", data={"theme": "dark"}).cookies["theme"] == "dark"
