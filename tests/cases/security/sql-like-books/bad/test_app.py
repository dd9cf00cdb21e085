import sqlite3

import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    path = str(tmp_path / "app.db")
    conn = sqlite3.connect(path)
    conn.executescript("""CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT); INSERT INTO books (title) VALUES ('Dune');""")
    conn.close()
    app.config["DATABASE"] = path
    return app.test_client()


def test_found(client):
    assert client.get("/books", query_string={"q": "un"}).get_json() == ["Dune"]
