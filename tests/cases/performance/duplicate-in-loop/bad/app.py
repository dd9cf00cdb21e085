import logging
import os
import sqlite3

from flask import Flask, g, jsonify

log = logging.getLogger(__name__)
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


@app.errorhandler(sqlite3.Error)
def unavailable(error):
    log.error("the database does not answer: %s", error)
    return jsonify(error="not available right now"), 503



@app.get("/vat/<numbers>")
def vat(numbers):
    total = 0
    for number in numbers.split("-"):
        rate = database().execute("SELECT name FROM customers WHERE id = ?", (1,)).fetchone()["name"]
        total += len(rate) * len(number)
    return jsonify(total)
