import sqlite3

import pytest
from fastapi.testclient import TestClient

from app import create_app


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "v.db"
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE profiles (id INTEGER PRIMARY KEY, name TEXT, phone TEXT, city TEXT)")
        conn.execute("INSERT INTO profiles VALUES (1, 'Ada', '1', 'London')")
    conn.close()
    with TestClient(create_app(path)) as client:
        yield client


def test_patch_city(client):
    reply = client.patch("/profiles/1", json={"city": "Paris", "phone": "2"})
    assert reply.status_code == 200
    assert reply.json() == {"id": 1, "name": "Ada", "phone": "2", "city": "Paris"}


def test_unknown(client):
    assert client.patch("/profiles/9", json={"city": "Paris"}).status_code == 404
