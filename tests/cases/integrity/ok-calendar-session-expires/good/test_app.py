import sqlite3
import time

import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "sessions.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE sessions (token TEXT PRIMARY KEY, name TEXT, until REAL)")
    conn.execute("INSERT INTO sessions VALUES ('known', 'bob', ?)", (time.time() + 60,))
    conn.commit()
    conn.close()
    app.config["DATABASE"] = str(path)
    return app.test_client()


def test_known(client):
    reply = client.get("/me", headers={"Authorization": "Bearer known"})
    assert reply.json == {"name": "bob", "minutes": 1}


def test_log_in(client):
    token = client.post("/sessions").json["token"]
    assert client.get("/me", headers={"Authorization": f"Bearer {token}"}).json["name"] == "ann"


def test_stranger(client):
    assert client.get("/me").status_code == 401
