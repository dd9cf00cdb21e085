import sqlite3

import pytest
from fastapi.testclient import TestClient

from app import app, get_conn


@pytest.fixture
def client():
    conn = sqlite3.connect(":memory:", check_same_thread=False)
    conn.execute("CREATE TABLE books (title TEXT, genre TEXT, year INTEGER)")
    conn.executemany(
        "INSERT INTO books VALUES (?, ?, ?)", [("O'Hara's 100% guide", "travel", 1999), ("Emma", "novel", 1815)]
    )
    app.dependency_overrides[get_conn] = lambda: conn
    yield TestClient(app)
    app.dependency_overrides.clear()
    conn.close()


def test_search(client):
    answer = client.get("/books", params={"words": "O'Hara's 100%", "genre": ["travel", "novel"], "order": "newest"})
    assert answer.json() == ["O'Hara's 100% guide"]
