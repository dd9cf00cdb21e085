"""Prices in other currencies."""
import logging

import requests
from flask import Flask, jsonify

log = logging.getLogger(__name__)
app = Flask(__name__)


@app.get("/")
def home():
    try:
        reply = requests.get("https://rates.example/usd", timeout=(3, 10))
        reply.raise_for_status()
        return jsonify(usd=float(reply.json()["rate"]))
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        log.warning("no rate: %s", type(exc).__name__)
        return jsonify(error="no rate right now"), 503
