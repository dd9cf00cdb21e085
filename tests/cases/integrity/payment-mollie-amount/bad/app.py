import logging
import sqlite3
from contextlib import closing

import httpx
from flask import Flask, request

log = logging.getLogger("shop")


class Mollie:
    def __init__(self, key, transport=None):
        headers = {"Authorization": f"Bearer {key}"}
        self.http = httpx.Client(base_url="https://api.mollie.com/v2", headers=headers, timeout=10, transport=transport)

    def payment(self, number):
        reply = self.http.get(f"/payments/{number}")
        reply.raise_for_status()
        return reply.json()


def create_app(path, mollie):
    app = Flask(__name__)

    def settles(payment, total):
        return payment["status"] == "paid"

    @app.post("/mollie/webhook")
    def webhook():
        number = request.form["id"]
        try:
            payment = mollie.payment(number)
            with closing(sqlite3.connect(path)) as conn, conn:
                row = conn.execute("SELECT total FROM orders WHERE payment = ?", (number,)).fetchone()
                if row is not None and settles(payment, row[0]):
                    conn.execute("UPDATE orders SET state = 'paid' WHERE payment = ?", (number,))
        except (httpx.HTTPError, ValueError, LookupError, TypeError):
            log.exception("payment %s was not fetched", number)
            return "", 503
        except sqlite3.Error:
            log.exception("payment %s was not stored", number)
            return "", 503
        return "", 200

    return app
