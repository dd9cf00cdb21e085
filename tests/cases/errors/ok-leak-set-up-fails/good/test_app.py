from fastapi.testclient import TestClient

from app import app


def test_add(tmp_path):
    app.state.path = str(tmp_path / "tasks.db")
    assert TestClient(app).post("/tasks/tea").json() == {"tasks": 1}
