from fastapi.testclient import TestClient

from app import app


def test_report_is_sent(tmp_path, monkeypatch):
    folder = tmp_path / "reports"
    (folder / "2025").mkdir(parents=True)
    (folder / "2025" / "may.csv").write_text("1;2")
    monkeypatch.setenv("REPORTS", str(folder))
    reply = TestClient(app).get("/reports/2025/may.csv")
    assert reply.status_code == 200
    assert reply.text == "1;2"
