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



@app.get("/search")
def search():
    db = database()
    like = db.execute("SELECT id FROM customers WHERE name LIKE ? LIMIT 20", ("%n%",)).fetchall()
    cheap = db.execute("SELECT id FROM orders WHERE total <> ? LIMIT 20", (0,)).fetchall()
    paid = db.execute("SELECT id FROM orders WHERE paid = ? LIMIT 20", (1,)).fetchall()
    joined = db.execute("SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id LIMIT 20").fetchall()
    either = db.execute("SELECT id FROM orders WHERE total = ? OR total = ?", (5, 7)).fetchall()
    return jsonify([len(like), len(cheap), len(paid), len(joined), len(either)])
