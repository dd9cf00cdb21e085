import sqlite3

import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    path = str(tmp_path / "app.db")
    conn = sqlite3.connect(path)
    conn.executescript("""CREATE TABLE chess (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO chess (name) VALUES ('Ada');""")
    conn.close()
    app.config["DATABASE"] = path
    return app.test_client()


def test_members(client):
    assert client.get("/members", query_string={"club": "chess"}).get_json() == ["Ada"]
