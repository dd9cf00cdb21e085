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



@app.get("/customers/<int:number>/orders")
def orders(number):
    rows = database().execute(
        "SELECT c.name, o.total FROM customers AS c LEFT JOIN orders AS o ON o.customer_id = c.id WHERE c.id = ?", (number,)
    )
    return jsonify([[row["name"], row["total"]] for row in rows])
