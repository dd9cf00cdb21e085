"""Electricity bills: measures and rates are floats, money is whole cents."""
import logging
import sqlite3

from flask import Flask, current_app, jsonify, request

log = logging.getLogger("bills")
app = Flask(__name__)


@app.errorhandler(sqlite3.Error)
def unavailable(exc):
    log.error("database failed: %s", exc)
    return jsonify(error="try again later"), 503


@app.post("/bills")
def create():
    body = request.get_json()
    cents = round(body["kwh"] * body["cents_per_kwh"])
    conn = sqlite3.connect(current_app.config["DATABASE"])
    try:
        with conn:
            conn.execute(
                "INSERT INTO bills (kwh, total_kwh, tax_rate, discount_percent, vat, price_factor, total_cents) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (body["kwh"], body["kwh"] * 2, 19.0, 2.5, 0.19, 1.07, cents),
            )
            above = conn.execute("SELECT count(*) FROM bills WHERE total_cents > ?", (cents * 0.9,)).fetchone()[0]
    finally:
        conn.close()
    return jsonify(total=cents / 100, above=above), 201
