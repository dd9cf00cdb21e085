from fastapi.testclient import TestClient

from app import app, prepare


def test_registers(tmp_path):
    prepare(tmp_path / "users.db")
    response = TestClient(app).post("/users", json={"name": "ann"})
    assert response.status_code == 201
