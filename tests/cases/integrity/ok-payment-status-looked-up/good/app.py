"""What a customer sees of his payment: asked of the provider, and noted when it was asked last."""
import logging
import os
import sqlite3
from contextlib import closing

import requests
from flask import Flask, jsonify

log = logging.getLogger("desk")
app = Flask(__name__)


@app.errorhandler(sqlite3.Error)
def storage(exc):
    log.error("the desk's database failed", exc_info=exc)
    return jsonify(error="please try again later"), 503


def state(intent):
    try:
        reply = requests.get(f"https://api.stripe.com/v1/payment_intents/{intent}", timeout=5)
        reply.raise_for_status()
        return "paid" if reply.json()["status"] == "succeeded" else "open"
    except (requests.RequestException, ValueError, KeyError, TypeError):
        log.exception("the provider does not answer")
        return None


@app.get("/orders/<int(max=9999):number>/payment")
def payment(number):
    with closing(sqlite3.connect(os.environ["DESK_DB"], timeout=5)) as conn:
        row = conn.execute("SELECT intent FROM orders WHERE id = ?", (number,)).fetchone()
        if row is None:
            return jsonify(error="no such order"), 404
        shown = state(row[0])
        if shown is None:
            return jsonify(error="the provider does not answer"), 503
        with conn:
            conn.execute("UPDATE orders SET last_asked = datetime('now') WHERE id = ?", (number,))
    return jsonify(order=number, payment=shown)
