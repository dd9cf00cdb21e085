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



@app.get("/customers/<int:number>")
def customer(number):
    row = database().execute("SELECT name FROM customers WHERE id = ?", (number,)).fetchone()
    return jsonify(name=row["name"]) if row else (jsonify(error="nobody"), 404)
