import sqlite3
from contextlib import closing

import app
import pytest


@pytest.fixture
def path(tmp_path):
    path = str(tmp_path / "shop.db")
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(
            "CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT, kind TEXT); CREATE INDEX kinds ON products (kind);"
            "INSERT INTO products (name, kind) VALUES ('Assam', 'tea')"
        )
    app.app.config["DATABASE"] = path
    return path


def test_page(path):
    assert app.app.test_client().get("/products?kind=tea").json == ["Assam"]


def test_names(path):
    with closing(sqlite3.connect(path)) as conn:
        assert app.names(conn, "tea") == ["Assam"]
