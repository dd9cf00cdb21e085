import sqlite3

import pytest

from app import app

SCHEMA = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), total INTEGER);
CREATE INDEX orders_customer ON orders (customer_id);
INSERT INTO customers VALUES (1, 'Ann'), (2, 'Ben'), (3, 'Cleo');
INSERT INTO orders VALUES (1, 1, 5), (2, 2, 7), (3, 3, 9), (4, 1, 2);
"""


@pytest.fixture
def client(tmp_path, monkeypatch):
    path = str(tmp_path / "shop.db")
    monkeypatch.setenv("SHOP_DB", path)
    conn = sqlite3.connect(path)
    conn.executescript(SCHEMA)
    conn.close()
    return app.test_client()


def test_orders(client):
    assert client.get("/customers/2/orders").get_json() == [["Ben", 7]]
