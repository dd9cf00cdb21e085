import sqlite3
from contextlib import closing

from flask import current_app, g

SCHEMA = """
BEGIN;
CREATE TABLE IF NOT EXISTS products (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    price INTEGER NOT NULL,
    stock INTEGER NOT NULL CHECK (stock >= 0)
);
CREATE TABLE IF NOT EXISTS orders (
    id INTEGER PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    product INTEGER NOT NULL REFERENCES products (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    total INTEGER NOT NULL,
    status TEXT NOT NULL,
    intent TEXT
);
CREATE INDEX IF NOT EXISTS orders_by_intent ON orders (intent);
CREATE TABLE IF NOT EXISTS outbox (
    id INTEGER PRIMARY KEY,
    intent TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS invoices (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL UNIQUE REFERENCES orders (id),
    total INTEGER NOT NULL
);
COMMIT;
"""


def init_db(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SCHEMA)


def get_db():
    """The connection of this request. Closing it after the answer rolls back what was not committed."""
    if "db" not in g:
        g.db = sqlite3.connect(current_app.config["DATABASE"], timeout=5)
        g.db.row_factory = sqlite3.Row
    return g.db


def close_db(error=None):
    connection = g.pop("db", None)
    if connection is not None:
        connection.close()
