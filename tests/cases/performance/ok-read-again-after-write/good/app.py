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


def stock(conn, number):
    return conn.execute("SELECT total FROM orders WHERE id = ?", (number,)).fetchone()["total"]


@app.post("/take/<int:number>")
def take(number):
    """Takes away by halves, and looks each time at what is left."""
    conn, taken = database(), 0
    while (left := stock(conn, number)) > 1:
        conn.execute("UPDATE orders SET total = total - ? WHERE id = ?", (left // 2, number))
        taken += left // 2
    conn.commit()
    return jsonify(taken)
