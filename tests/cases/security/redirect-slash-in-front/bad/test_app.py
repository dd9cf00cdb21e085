from fastapi.testclient import TestClient

from app import app


def test_leave():
    answer = TestClient(app).get("/leave?to=/cart", follow_redirects=False)
    assert answer.headers["location"] == "/cart"
