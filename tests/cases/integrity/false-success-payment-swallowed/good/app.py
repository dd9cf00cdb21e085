import sqlite3
from contextlib import closing

import requests
from flask import Flask, abort


class PaymentError(Exception):
    pass


def create_app(path):
    app = Flask(__name__)

    def charge(number, cents):
        order = {"amount": cents, "currency": "EUR", "reference": f"order {number}"}
        try:
            reply = requests.post(
                "https://pay.example/charges", json=order, headers={"Idempotency-Key": f"order-{number}"}, timeout=(3, 20)
            )
            reply.raise_for_status()
        except requests.RequestException as exc:
            raise PaymentError(type(exc).__name__) from exc
        try:
            done = reply.json()
            final = (done["status"], done["amount"], done["currency"]) == ("paid", cents, "EUR")
        except (ValueError, KeyError, TypeError) as exc:
            raise PaymentError("odd reply") from exc
        if not final:
            raise PaymentError("not final")

    @app.errorhandler(PaymentError)
    def payment_failed(exc):
        app.logger.error("payment failed: %s", exc)
        return {"error": "the payment failed, you may try again"}, 502

    @app.errorhandler(sqlite3.Error)
    def database_failed(exc):
        app.logger.error("database failed", exc_info=exc)
        return {"error": "please try again later"}, 503

    @app.post("/orders/<int(max=999999):number>/pay")
    def pay(number):
        with closing(sqlite3.connect(path)) as conn, conn:
            row = conn.execute("SELECT cents, state FROM orders WHERE id = ?", (number,)).fetchone()
            if row is None:
                abort(404)
            if row[1] != "paid":
                charge(number, row[0])
                conn.execute("UPDATE orders SET state = 'paid' WHERE id = ?", (number,))
        return {"order": number, "state": "paid"}

    return app
