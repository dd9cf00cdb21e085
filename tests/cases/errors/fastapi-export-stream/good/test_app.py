import sqlite3

import app as export
from fastapi.testclient import TestClient


def test_export(tmp_path, monkeypatch):
    path = str(tmp_path / "readings.db")
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE readings (at TEXT, value REAL)")
        db.execute("INSERT INTO readings VALUES ('10:00', 1.5)")
    monkeypatch.setattr(export, "DATABASE", path)
    response = TestClient(export.app).get("/readings.csv")
    assert response.headers["content-type"].startswith("text/csv")
    assert response.text.splitlines() == ["at,value", "10:00,1.5"]
