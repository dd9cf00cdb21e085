from flask import Blueprint, current_app, jsonify

from .client import RatesUnavailable

bp = Blueprint("rates", __name__, url_prefix="/rates")
CURRENCIES = frozenset({"EUR", "USD", "GBP", "CHF", "JPY"})


@bp.get("/<base>/<quote>")
def show(base, quote):
    if base not in CURRENCIES or quote not in CURRENCIES:
        return jsonify(error="unknown currency"), 404
    rate = current_app.extensions["rates"].get(base, quote)
    return jsonify(base=base, quote=quote, rate=str(rate.value), stale=rate.stale)


@bp.errorhandler(RatesUnavailable)
def no_rate(exc):
    return jsonify(error="rates are not available right now"), 503
