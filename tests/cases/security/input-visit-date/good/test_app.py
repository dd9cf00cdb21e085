from app import app
from fastapi.testclient import TestClient


def test_book():
    answer = TestClient(app).post("/visits", json={"day": "2026-03-02", "people": 4})
    assert answer.json() == {"weekday": "Monday", "people": 4}
