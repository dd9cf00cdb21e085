import sqlite3

import pytest

import app as module


@pytest.fixture
def client(tmp_path, monkeypatch):
    path = tmp_path / "tasks.db"
    conn = sqlite3.connect(path)
    conn.executescript("""
        CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX tasks_done ON tasks (done);
        INSERT INTO tasks VALUES (1, 'water the plants', 0);
    """)
    conn.close()
    monkeypatch.setattr(module, "DATABASE", str(path))
    module.app.config["TESTING"] = True
    return module.app.test_client()


def test_tasks(client):
    assert client.get("/tasks").json == {"tasks": [{"id": 1, "title": "water the plants"}]}


def test_done(client):
    assert client.post("/tasks/1/done").status_code == 200
    assert client.get("/tasks").json == {"tasks": []}


def test_unknown(client):
    assert client.post("/tasks/9/done").status_code == 404
