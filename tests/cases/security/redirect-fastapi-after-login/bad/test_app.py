from fastapi.testclient import TestClient

from app import app


def test_language():
    client = TestClient(app, follow_redirects=False)
    answer = client.post("/language", data={"code": "de", "back": "/basket?page=2"})
    assert answer.headers["location"] == "/basket?page=2"
