from fastapi.testclient import TestClient

from app import app


def test_check(tmp_path):
    app.state.folder = tmp_path
    assert TestClient(app).post("/letters/3/check", content=b"dear Ann").json() == {"words": 2}
    assert (tmp_path / "3.txt").exists()
