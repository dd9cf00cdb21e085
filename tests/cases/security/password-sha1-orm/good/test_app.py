from app import app
from fastapi.testclient import TestClient


def test_create():
    answer = TestClient(app).post("/accounts", json={"email": "a@b.example", "password": "blue-horse-9"})
    assert answer.status_code == 201
