import re

import httpx
from flask import Flask, abort, current_app

from .breaker import Breaker, Open


def rate(currency):
    if not re.fullmatch("[a-z]{3}", currency):
        abort(404)
    bank, breaker = current_app.extensions["bank"], current_app.extensions["breaker"]
    try:
        with breaker:
            reply = bank.get(f"/{currency}")
            reply.raise_for_status()
            permille = int(reply.json()["permille"])
    except Open:
        return {"error": "the bank is given a rest"}, 503, {"Retry-After": "30"}
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
        current_app.logger.warning("no rate of %s: %s", currency, type(exc).__name__)
        return {"error": "the bank does not answer"}, 502
    return {"currency": currency, "permille": permille}


def create_app(transport=None):
    app = Flask(__name__)
    app.extensions["bank"] = httpx.Client(base_url="https://bank.example", transport=transport)
    app.extensions["breaker"] = Breaker(limit=5, pause=30)
    app.add_url_rule("/rates/<currency>", view_func=rate)
    return app
