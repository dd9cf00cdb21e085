import sqlite3

import pytest

from app import app

SCHEMA = """
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE seats (hall INTEGER, seat_row INTEGER, seat INTEGER, PRIMARY KEY (hall, seat_row, seat));
INSERT INTO users VALUES (1, 'ann');
INSERT INTO seats VALUES (1, 1, 7), (1, 1, 8);
"""


@pytest.fixture
def client(tmp_path, monkeypatch):
    path = str(tmp_path / "shop.db")
    monkeypatch.setenv("SHOP_DB", path)
    conn = sqlite3.connect(path)
    conn.executescript(SCHEMA)
    conn.close()
    return app.test_client()


def test_login(client):
    assert client.get("/login/ann").get_json() == [7, 8]
