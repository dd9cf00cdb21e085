from fastapi.testclient import TestClient

from app import app


def test_titles():
    body = "<feed><title>Spring</title></feed>"
    reply = TestClient(app).post("/feed", content=body, headers={"Content-Type": "text/xml"})
    assert reply.json() == {"titles": "Spring"}
