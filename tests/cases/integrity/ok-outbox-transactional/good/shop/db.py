import sqlite3

from flask import current_app, g


def get_db():
    if "db" not in g:
        g.db = sqlite3.connect(current_app.config["DATABASE"])
    return g.db


def close_db(exc=None):
    db = g.pop("db", None)
    if db is not None:
        db.close()


def init_db():
    get_db().executescript("""
        CREATE TABLE orders (id INTEGER PRIMARY KEY, article TEXT NOT NULL);
        CREATE TABLE outbox (number INTEGER PRIMARY KEY, article TEXT NOT NULL, sent INTEGER NOT NULL);
        CREATE INDEX outbox_sent ON outbox (sent);
    """)
