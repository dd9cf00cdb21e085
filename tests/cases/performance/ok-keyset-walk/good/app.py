import os
import sqlite3

from flask import Flask, g, jsonify, request

app = Flask(__name__)


def database():
    if "db" not in g:
        g.db = sqlite3.connect(os.environ["SHOP_DB"])
        g.db.row_factory = sqlite3.Row
    return g.db


@app.teardown_appcontext
def close(error):
    db = g.pop("db", None)
    if db is not None:
        db.close()


def walk(conn, size=2):
    last = 0
    while True:
        page = conn.execute("SELECT id, total FROM orders WHERE id > ? ORDER BY id LIMIT ?", (last, size)).fetchall()
        if not page:
            return
        yield from page
        last = page[-1]["id"]


@app.get("/sum")
def total():
    return jsonify(sum(row["total"] for row in walk(database())))
