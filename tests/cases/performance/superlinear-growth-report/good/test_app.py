import sqlite3

import pytest

import app


@pytest.fixture
def conn():
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, text TEXT)")
    yield conn
    conn.close()


@pytest.mark.prodready_growth(sizes=(4, 16, 64))
def test_report(conn, growth):
    def fill(size):
        conn.execute("DELETE FROM orders")
        conn.executemany("INSERT INTO orders VALUES (?, 'tea')", [(n,) for n in range(size)])

    growth(lambda size: app.report(conn), prepare=fill)
