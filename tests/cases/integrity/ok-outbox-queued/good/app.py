import json
import sqlite3
from contextlib import closing

import requests
from flask import Flask, abort, request

ERP = "https://erp.example/invoices"


def create_app(path):
    app = Flask(__name__)

    def number_in(body, name):
        value = body.get(name) if isinstance(body, dict) else None
        if type(value) is not int or not 0 < value < 10**9:
            abort(400)
        return value

    @app.post("/invoices")
    def book():
        body = request.get_json()
        invoice = {"number": number_in(body, "number"), "cents": number_in(body, "cents")}
        key = f"invoice-{invoice['number']}"
        try:
            reply = requests.post(ERP, json=invoice, headers={"Idempotency-Key": key}, timeout=(3, 15))
            reply.raise_for_status()
            return {"invoice": invoice["number"], "state": "booked"}, 201
        except requests.RequestException as exc:
            app.logger.warning("invoice %s is queued: %s", invoice["number"], type(exc).__name__)
        try:
            with closing(sqlite3.connect(path)) as conn, conn:
                conn.execute("INSERT OR IGNORE INTO outbox (key, payload) VALUES (?, ?)", (key, json.dumps(invoice)))
        except sqlite3.Error:
            app.logger.exception("invoice %s was not even queued", invoice["number"])
            return {"error": "invoices cannot be booked now"}, 503
        return {"invoice": invoice["number"], "state": "queued"}, 202

    return app
