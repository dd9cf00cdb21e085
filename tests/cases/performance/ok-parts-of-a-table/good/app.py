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


@app.get("/orders/of/<int:customer>")
def of(customer):
    rows = database().execute("SELECT id FROM orders WHERE customer_id = ?", (customer,)).fetchall()
    return jsonify([row["id"] for row in rows])


@app.get("/orders")
def orders():
    page = max(1, request.args.get("page", 1, type=int))
    sql = "SELECT id, total FROM orders ORDER BY id LIMIT 3 OFFSET ?"
    return jsonify([row["id"] for row in database().execute(sql, ((page - 1) * 3,))])


@app.get("/best")
def best():
    sql = """
        WITH top AS (SELECT customer_id, total FROM orders ORDER BY total DESC LIMIT 2)
        SELECT c.name, top.total FROM top JOIN customers c ON c.id = top.customer_id
    """
    return jsonify([row["name"] for row in database().execute(sql)])
