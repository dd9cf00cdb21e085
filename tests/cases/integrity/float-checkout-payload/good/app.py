"""Shop checkout: the payment service takes the amount."""
import logging

import requests
from flask import Flask, jsonify, request

log = logging.getLogger("checkout")
app = Flask(__name__)
PAY = "https://pay.example/v1/payments"
CENTS = {"tea": 1099, "cup": 750}


class PaymentError(Exception):
    pass


@app.errorhandler(PaymentError)
def refused(exc):
    return jsonify(error="the payment failed"), 402


def pay(order, cents):
    payment = {"reference": order, "amount": {"value": f"{cents // 100}.{cents % 100:02}", "currency": "EUR"}}
    try:
        answer = requests.post(PAY, json=payment, headers={"Idempotency-Key": order}, timeout=10)
        answer.raise_for_status()
        if answer.json()["status"] != "paid":
            raise PaymentError(order)
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        log.error("order %s: %s", order, type(exc).__name__)
        raise PaymentError(order) from exc


@app.post("/orders/<order>")
def checkout(order):
    cents = sum(CENTS[name] * pieces for name, pieces in request.get_json().items())
    pay(order, cents)
    return jsonify(order=order, paid=f"{cents / 100:.2f}"), 201
