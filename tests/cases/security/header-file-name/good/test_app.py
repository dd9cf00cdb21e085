from fastapi.testclient import TestClient

from app import app


def test_download():
    answer = TestClient(app).get("/download?name=tea.csv")
    assert "tea.csv" in answer.headers["content-disposition"]
