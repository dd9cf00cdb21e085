import sqlite3
from contextlib import closing

import requests
from flask import Flask, abort

CHARGES = "https://api.stripe.com/v1/payment_intents"


class PaymentError(Exception):
    pass


def create_app(path):
    app = Flask(__name__)

    def charge(order, cents):
        form = {"amount": cents, "currency": "eur", "confirm": "true", "metadata[order]": order}
        try:
            reply = requests.post(CHARGES, data=form, headers={"Idempotency-Key": f"order-{order}"}, timeout=10)
            reply.raise_for_status()
            intent = reply.json()
            done = (intent["status"], intent["amount_received"], intent["currency"]) == ("succeeded", cents, "eur")
            number = intent["id"]
        except (requests.RequestException, ValueError, LookupError, TypeError) as exc:
            raise PaymentError(type(exc).__name__) from exc
        if not done:
            raise PaymentError("not settled")
        return number

    @app.errorhandler(PaymentError)
    def not_paid(exc):
        app.logger.warning("not paid: %s", exc)
        return {"error": "the payment failed"}, 502

    @app.errorhandler(sqlite3.Error)
    def no_database(exc):
        app.logger.exception("database")
        return {"error": "please try again later"}, 503

    @app.post("/orders/<int:order>/pay")
    def pay(order):
        with closing(sqlite3.connect(path)) as conn, conn:
            row = conn.execute("SELECT cents FROM orders WHERE id = ? AND state = 'new'", (order,)).fetchone()
            if row is None:
                abort(404)
            intent = charge(order, row[0])
            conn.execute("UPDATE orders SET state = 'paid', intent = ? WHERE id = ?", (intent, order))
        return {"order": order, "state": "paid"}

    return app
