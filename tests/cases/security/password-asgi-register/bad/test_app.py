import sqlite3

from starlette.testclient import TestClient

from app import Register


def test_register():
    conn = sqlite3.connect(":memory:", check_same_thread=False)
    conn.execute("CREATE TABLE people (name TEXT PRIMARY KEY, secret TEXT)")
    client = TestClient(Register(conn))
    answer = client.post("/", json={"nickname": "grace", "password": "nanoseconds-1906"})
    assert answer.status_code == 201
    conn.close()
