import re

import httpx
from flask import Flask, abort, current_app

API = "https://countries.example/v3"


class CountryError(Exception):
    pass


def fetch_capital(code):
    try:
        reply = httpx.get(f"{API}/{code}", timeout=5)
        reply.raise_for_status()
        capital = reply.json()["capital"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
        raise CountryError(code) from exc
    if not isinstance(capital, str):
        raise CountryError(code)
    return capital


def capital(code):
    if not re.fullmatch("[A-Z]{2}", code):
        abort(404)
    return {"country": code, "capital": fetch_capital(code)}


def unavailable(exc):
    current_app.logger.warning("no answer about %s", exc)
    return {"error": "the country service is unavailable"}, 502


def create_app(config=None):
    app = Flask(__name__)
    app.config.update(config or {})
    app.add_url_rule("/capital/<code>", view_func=capital)
    app.register_error_handler(CountryError, unavailable)
    return app
