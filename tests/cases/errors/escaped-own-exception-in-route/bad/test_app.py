import sqlite3

import pytest

from recipes import create_app


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "recipes.db"
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE recipes (name TEXT PRIMARY KEY, minutes INTEGER NOT NULL)")
        conn.execute("INSERT INTO recipes VALUES ('soup', 25)")
    conn.close()
    return create_app({"TESTING": True, "DATABASE": str(path)}).test_client()


def test_recipe(client):
    assert client.get("/recipes/soup").json == {"name": "soup", "minutes": 25}


def test_no_recipe(client):
    assert client.get("/recipes/stone").status_code == 404
