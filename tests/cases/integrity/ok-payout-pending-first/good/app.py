"""Payouts to sellers: what is asked of the bank is written down before it is asked."""
import logging
import sqlite3

import requests
from flask import Flask, current_app, jsonify, request

log = logging.getLogger("payouts")
app = Flask(__name__)
BANK = "https://bank.example/payouts"


@app.errorhandler(sqlite3.Error)
def unavailable(exc):
    log.error("database failed: %s", exc)
    return jsonify(error="try again later"), 503


def ask_bank(key, cents):
    answer = requests.post(BANK, json={"cents": cents}, headers={"Idempotency-Key": key}, timeout=10)
    answer.raise_for_status()
    return answer.json()["status"] == "accepted" and answer.json()["cents"] == cents


@app.post("/payouts/<key>")
def create(key):
    cents = request.get_json()["cents"]
    conn = sqlite3.connect(current_app.config["DATABASE"])
    try:
        conn.execute("INSERT INTO payouts (key, cents, status) VALUES (?, ?, 'pending')", (key, cents))
        conn.commit()
        try:
            accepted = ask_bank(key, cents)
        except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
            log.error("payout %s is still pending, the nightly job asks again: %s", key, type(exc).__name__)
            return jsonify(key=key, status="pending"), 202
        conn.execute("UPDATE payouts SET status = ? WHERE key = ?", ("done" if accepted else "failed", key))
        conn.commit()
    finally:
        conn.close()
    return (jsonify(key=key, status="done"), 201) if accepted else (jsonify(error="refused"), 422)
