import sqlite3

import pytest

from app import app

SCHEMA = """
CREATE TABLE categories (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL, name TEXT NOT NULL);
CREATE INDEX categories_parent ON categories (parent_id);
INSERT INTO categories VALUES (1, 0, 'food'), (2, 1, 'fruit'), (3, 2, 'apples');
"""


@pytest.fixture
def client(tmp_path, monkeypatch):
    path = str(tmp_path / "shop.db")
    monkeypatch.setenv("SHOP_DB", path)
    conn = sqlite3.connect(path)
    conn.executescript(SCHEMA)
    conn.close()
    return app.test_client()


def test_tree(client):
    assert client.get("/tree").get_json() == {"food": {"fruit": {"apples": {}}}}
