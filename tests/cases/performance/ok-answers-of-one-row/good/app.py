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


@app.get("/numbers")
def numbers():
    conn = database()
    number, most = conn.execute("SELECT count(*), max(total) FROM orders").fetchone()
    average = conn.execute("SELECT round(avg(total), 1) FROM orders").fetchone()[0]
    any_order = conn.execute("SELECT EXISTS(SELECT 1 FROM orders)").fetchone()[0]
    newest = conn.execute("SELECT id FROM orders ORDER BY id DESC").fetchone()[0]
    return jsonify(number=number, most=most, average=average, any=any_order, newest=newest)


@app.get("/per-customer")
def per_customer():
    rows = database().execute("SELECT customer_id, sum(total) FROM orders GROUP BY customer_id LIMIT 50").fetchall()
    return jsonify([list(row) for row in rows])
