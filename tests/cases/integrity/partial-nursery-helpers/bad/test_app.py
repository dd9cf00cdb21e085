import sqlite3

import pytest

from app import Orders, place_order


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "orders.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT NOT NULL)")
    conn.execute("CREATE TABLE order_lines (order_id INTEGER, plant TEXT, pieces INTEGER)")
    conn.close()
    return str(path)


def test_place_order(path):
    assert place_order(Orders(path), "Ann", [("rose", 3), ("fern", 1)]) == 1
    conn = sqlite3.connect(path)
    assert conn.execute("SELECT count(*) FROM order_lines").fetchone() == (2,)
    conn.close()
