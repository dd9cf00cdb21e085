import sqlite3

import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    path = str(tmp_path / "app.db")
    conn = sqlite3.connect(path)
    conn.executescript("""CREATE TABLE searches (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE parts (name TEXT PRIMARY KEY); INSERT INTO parts VALUES ('bolt');""")
    conn.close()
    app.config["DATABASE"] = path
    return app.test_client()


def test_search_is_run(client):
    assert client.post("/searches", data={"name": "bolt"}).status_code == 201
    assert client.get("/searches/last").get_json() == {"hits": 1}
