import sqlite3

import pytest

import app


@pytest.mark.prodready_growth(sizes=(4, 16, 64))
def test_load(growth):
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT)")

    def body(size):
        conn.execute("DELETE FROM items")
        app.load(conn, [(number, "x") for number in range(size)])
        assert len(app.names(conn, list(range(size)))) == size

    growth(body)
    conn.close()
