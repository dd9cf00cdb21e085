import logging
import sqlite3
from contextlib import closing

import requests
from flask import Flask, redirect

PAYMENTS = "https://api.mollie.com/v2/payments"
log = logging.getLogger("shop")


def create_app(path):
    app = Flask(__name__)

    @app.post("/orders/<int:order>/checkout")
    def checkout(order):
        try:
            with closing(sqlite3.connect(path)) as conn, conn:
                (total,) = conn.execute("SELECT total FROM orders WHERE id = ?", (order,)).fetchone()
                amount = {"currency": "EUR", "value": total}
                body = {"amount": amount, "description": f"order {order}", "redirectUrl": "https://shop.example/thanks"}
                reply = requests.post(PAYMENTS, json=body, headers={"Idempotency-Key": f"order-{order}"}, timeout=10)
                reply.raise_for_status()
                payment = reply.json()
                number, address = payment["id"], payment["_links"]["checkout"]["href"]
                conn.execute("UPDATE orders SET payment = ?, state = 'waiting' WHERE id = ?", (number, order))
        except (requests.RequestException, ValueError, LookupError, TypeError):
            log.exception("order %s", order)
            return {"error": "payments are closed right now"}, 502
        except sqlite3.Error:
            log.exception("order %s", order)
            return {"error": "please try again later"}, 503
        return redirect(str(address))

    return app
