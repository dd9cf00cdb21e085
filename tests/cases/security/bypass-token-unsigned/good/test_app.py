from app import app, issue
from fastapi.testclient import TestClient


def test_grades():
    answer = TestClient(app).get("/grades", headers={"Authorization": f"Bearer {issue('ann')}"})
    assert answer.json()["student"] == "ann"
