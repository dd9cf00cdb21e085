import sqlite3

import app as todo
import pytest
from fastapi.testclient import TestClient


@pytest.fixture
def client(tmp_path):
    path = str(tmp_path / "todo.db")
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT)")
    conn.close()

    def test_db():
        db = sqlite3.connect(path, check_same_thread=False)
        db.row_factory = sqlite3.Row
        yield db
        db.close()

    todo.app.dependency_overrides[todo.get_db] = test_db
    with TestClient(todo.app) as client:
        yield client
    todo.app.dependency_overrides.clear()


def test_create_and_read(client):
    made = client.post("/tasks", json={"title": "water the plants"})
    assert made.status_code == 201
    assert client.get(f"/tasks/{made.json()['id']}").json()["title"] == "water the plants"


def test_unknown_task(client):
    assert client.get("/tasks/77").status_code == 404


def test_needs_a_title(client):
    assert client.post("/tasks", json={}).status_code == 422
