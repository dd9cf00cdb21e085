"""A page of a shop, and a search that no page uses yet."""

import sqlite3
from contextlib import closing

from flask import Flask

app = Flask(__name__)


def products():
    conn = sqlite3.connect(":memory:", timeout=5)
    conn.executescript("CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT UNIQUE); INSERT INTO products VALUES (1, 'tea')")
    return closing(conn)


def find(name):
    with products() as conn:
        try:
            return conn.execute(f"SELECT id FROM products WHERE name = '{name}'").fetchall()
        except sqlite3.Error:
            return []


@app.get("/")
def index():
    return "welcome"
