import sqlite3

import pytest
from fastapi.testclient import TestClient

from app import app


@pytest.fixture
def client(tmp_path):
    app.state.path = str(tmp_path / "doors.db")
    conn = sqlite3.connect(app.state.path)
    conn.execute("CREATE TABLE doors (name TEXT PRIMARY KEY, closed INTEGER)")
    conn.execute("CREATE TABLE audit_trail (door TEXT, closed INTEGER)")
    conn.execute("INSERT INTO doors VALUES ('north', 0)")
    conn.commit()
    conn.close()
    return TestClient(app)


def test_lock(client):
    assert client.put("/doors/north", params={"closed": True}).json() == {"door": "north", "closed": True, "audited": True}


def test_no_such_door(client):
    assert client.put("/doors/south", params={"closed": True}).status_code == 404
