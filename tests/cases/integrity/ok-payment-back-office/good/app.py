import logging
import sqlite3
from contextlib import closing

import httpx
from flask import Flask, request

log = logging.getLogger("office")
CHARGES = "https://api.stripe.com/v1/charges"


def create_app(path):
    app = Flask(__name__)

    @app.get("/payments")
    def payments():
        try:
            reply = httpx.get(CHARGES, params={"limit": 10}, timeout=10)
            reply.raise_for_status()
            return {"payments": [[charge["id"], charge["status"]] for charge in reply.json()["data"]]}
        except (httpx.HTTPError, ValueError, LookupError, TypeError):
            log.exception("no charges")
            return {"error": "Stripe does not answer"}, 502

    @app.post("/payments")
    def cash():
        """The clerk has counted it."""
        form = request.get_json(silent=True)
        if not isinstance(form, dict) or not isinstance(form.get("amount"), int):
            return {"error": "how much?"}, 400
        try:
            with closing(sqlite3.connect(path)) as conn, conn:
                conn.execute("INSERT INTO takings (amount, type) VALUES (?, 'cash')", (form["amount"],))
        except sqlite3.Error:
            log.exception("not booked")
            return {"error": "please try again later"}, 503
        return {"status": "booked"}, 201

    return app
