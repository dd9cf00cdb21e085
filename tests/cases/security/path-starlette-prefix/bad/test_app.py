from starlette.testclient import TestClient

from app import app


def test_report(tmp_path, monkeypatch):
    (tmp_path / "march.txt").write_text("12 sold")
    monkeypatch.setenv("REPORTS", str(tmp_path))
    assert TestClient(app).get("/report", params={"name": "march.txt"}).text == "12 sold"
