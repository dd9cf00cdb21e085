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


def batches(rows, size=3):
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


@app.post("/import")
def take():
    rows = [tuple(line.split(";")) for line in request.get_data(as_text=True).splitlines()]
    conn = database()
    for batch in batches(rows):
        conn.executemany("INSERT INTO orders (customer_id, total) VALUES (?, ?)", batch)
        conn.commit()
    return jsonify(len(rows))


@app.post("/copy")
def copy():
    rows = [line.split(";") for line in request.get_data(as_text=True).splitlines()]
    conn = database()
    for batch in batches(rows):
        places = ", ".join("(?, ?)" for _ in batch)
        conn.execute(f"INSERT INTO orders (customer_id, total) VALUES {places}", [value for row in batch for value in row])
    conn.commit()
    return jsonify(len(rows))
