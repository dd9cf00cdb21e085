from fastapi.testclient import TestClient

from app import app


def test_preview():
    reply = TestClient(app).post("/preview", json={"text": "Dear {{ name }}", "name": "Ada"})
    assert reply.text == "Dear Ada"
