from starlette.testclient import TestClient

from app import app


def test_page():
    reply = TestClient(app).get("/", params={"name": "Una", "mood": "merry"})
    assert "Welcome, Una" in reply.text
