from fastapi.testclient import TestClient

from app import app


def test_profile():
    client = TestClient(app)
    client.post("/profiles/ada", data={"about": "I like numbers."})
    assert "I like numbers." in client.get("/profiles/ada").text
