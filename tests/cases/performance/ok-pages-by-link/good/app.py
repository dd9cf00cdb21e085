import logging

import requests
from flask import Flask, jsonify

log = logging.getLogger(__name__)
app = Flask(__name__)
session = requests.Session()
API = "https://api.weather.example"


class Unavailable(Exception):
    """The weather is not available."""


@app.errorhandler(Unavailable)
def unavailable(error):
    return jsonify(error="the weather is not available right now"), 503


def ask(path, **params):
    try:
        reply = session.get(f"{API}{path}", params=params, timeout=5)
        reply.raise_for_status()
        return reply.json()
    except requests.RequestException as exc:
        log.error("no weather: %s", exc)
        raise Unavailable from exc


@app.get("/weather")
def weather():
    found, path = [], "/observations"
    while path:
        page = ask(path)
        try:
            found += page["items"]
            path = page["next"]
        except (LookupError, TypeError) as exc:
            raise Unavailable from exc
    return jsonify(found)
