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


def batches(numbers, size=2):
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]


@app.get("/names")
def names():
    numbers = [int(text) for text in request.args["ids"].split(",")]
    found = []
    for batch in batches(numbers):
        marks = ", ".join("?" * len(batch))
        found += database().execute(f"SELECT name FROM customers WHERE id IN ({marks})", batch).fetchall()
    return jsonify([row["name"] for row in found])


@app.post("/forget")
def forget():
    numbers = [int(text) for text in request.form["ids"].split(",")]
    for batch in batches(numbers):
        marks = ", ".join("?" * len(batch))
        database().execute(f"DELETE FROM orders WHERE id IN ({marks})", batch)
    database().commit()
    return jsonify(len(numbers))
