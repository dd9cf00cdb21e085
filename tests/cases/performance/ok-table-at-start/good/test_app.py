import sqlite3

from fastapi.testclient import TestClient

from app import create_app


def test_country(tmp_path):
    conn = sqlite3.connect(tmp_path / "x.db")
    conn.execute("CREATE TABLE countries (code TEXT PRIMARY KEY, name TEXT)")
    conn.executemany("INSERT INTO countries VALUES (?, ?)", [("no", "Norway"), ("dk", "Denmark"), ("se", "Sweden")])
    conn.commit()
    conn.close()
    with TestClient(create_app(tmp_path / "x.db")) as client:
        assert client.get("/countries/no").json() == "Norway"
        assert client.get("/countries/xx").status_code == 404
