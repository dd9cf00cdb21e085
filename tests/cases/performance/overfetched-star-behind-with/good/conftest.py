import sqlite3

import pytest

from app import app

SCHEMA = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT, picture BLOB);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), total INTEGER, note TEXT);
CREATE INDEX orders_customer ON orders (customer_id);
CREATE TABLE rates (currency TEXT PRIMARY KEY, rate INTEGER);
INSERT INTO customers (id, name, country) VALUES (1, 'Ann', 'no'), (2, 'Ben', 'dk'), (3, 'Cleo', 'no'), (4, 'Dea', 'se');
INSERT INTO orders (id, customer_id, total) VALUES (1, 1, 5), (2, 2, 7), (3, 3, 9), (4, 1, 2), (5, 4, 2);
INSERT INTO rates VALUES ('nok', 10), ('eur', 1), ('sek', 11);
"""


@pytest.fixture
def client(tmp_path, monkeypatch):
    path = str(tmp_path / "shop.db")
    monkeypatch.setenv("SHOP_DB", path)
    conn = sqlite3.connect(path)
    conn.executescript(SCHEMA)
    conn.close()
    return app.test_client()
