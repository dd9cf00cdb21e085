import logging
import sqlite3

import requests
from flask import Flask, request

app = Flask(__name__)
log = logging.getLogger(__name__)
db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
db.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, item TEXT, receipt TEXT)")


class PaymentFailed(Exception):
    pass


@app.errorhandler(PaymentFailed)
def not_paid(error):
    return {"error": "payment failed"}, 502


@app.errorhandler(sqlite3.Error)
def unavailable(error):
    log.error("database failed", exc_info=error)
    return {"error": "not available"}, 503


def pay(order):
    try:
        response = requests.post("https://pay.example/charges", json={"order": order}, timeout=5,
                                 headers={"Idempotency-Key": f"order-{order}"})
        response.raise_for_status()
        return response.json()["receipt"]
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        log.error("payment failed: %s", type(exc).__name__)
        raise PaymentFailed(order) from exc


@app.post("/orders")
def order():
    item = request.get_json()["item"]
    db.execute("BEGIN IMMEDIATE")
    try:
        number = db.execute("INSERT INTO orders (item) VALUES (?)", (item,)).lastrowid
        db.execute("UPDATE orders SET receipt = ? WHERE id = ?", (pay(number), number))
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    return {"id": number}, 201
