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
    number = conn.execute("SELECT count(*) FROM orders").fetchone()[0]
    some = conn.execute("SELECT EXISTS (SELECT * FROM orders WHERE customer_id = ?)", (1,)).fetchone()[0]
    price = conn.execute("SELECT total * 2 AS price, '*' AS mark FROM orders WHERE id = ?", (1,)).fetchone()["price"]
    return jsonify(number=number, some=some, price=price)


@app.get("/best")
def best():
    sql = """
        WITH ranked AS (SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY total DESC) AS place FROM orders)
        SELECT customer_id, total FROM ranked WHERE place = 1 /* the best of * each */ LIMIT 10
    """
    return jsonify([row["total"] for row in database().execute(sql)])


@app.get("/inner")
def inner():
    sql = "SELECT note, total FROM (SELECT * FROM orders WHERE customer_id = ?) ORDER BY total"
    return jsonify([row["total"] for row in database().execute(sql, (1,))])
