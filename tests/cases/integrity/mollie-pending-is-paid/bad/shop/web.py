import re
from decimal import Decimal

from flask import Flask, jsonify

from .mollie import MollieError

PRICES = {"1001": Decimal("24.90")}
PAYMENT = re.compile(r"tr_[A-Za-z0-9]{1,20}")


def create_app(mollie):
    app = Flask(__name__)

    @app.get("/orders/<order>/return/<payment>")
    def came_back(order, payment):
        if order not in PRICES or not PAYMENT.fullmatch(payment):
            return jsonify(error="no such order"), 404
        if mollie.is_paid(payment, PRICES[order]):
            return jsonify(order=order, paid=True)
        return jsonify(order=order, paid=False), 402

    @app.errorhandler(MollieError)
    def no_state(exc):
        return jsonify(error="we do not know yet, please come back later"), 503

    return app
