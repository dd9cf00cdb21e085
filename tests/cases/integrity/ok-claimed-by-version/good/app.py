"""Payouts to sellers: a payout is claimed by its version, so that no two workers send it; the next run asks for what is left."""
import logging
import sqlite3

import requests
from flask import Flask, current_app, jsonify

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


@app.post("/payouts/<key>/send")
def send(key):
    conn = sqlite3.connect(current_app.config["DATABASE"])
    try:
        row = conn.execute("SELECT cents, version FROM payouts WHERE key = ?", (key,)).fetchone()
        if row is None:
            return jsonify(error="no such payout"), 404
        claimed = conn.execute(
            "UPDATE payouts SET status = 'sending', version = version + 1 WHERE key = ? AND version = ?", (key, row[1])
        ).rowcount
        conn.commit()
        if not claimed:
            return jsonify(error="somebody else sends it"), 409
        try:
            accepted = ask_bank(key, row[0])
        except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
            log.error("payout %s is asked for again by the nightly run: %s", key, type(exc).__name__)
            return jsonify(error="the bank does not answer, it will be asked again tonight"), 502
        conn.execute("UPDATE payouts SET status = ? WHERE key = ?", ("done" if accepted else "failed", key))
        conn.commit()
    finally:
        conn.close()
    return (jsonify(key=key, status="done"), 200) if accepted else (jsonify(error="refused"), 422)
