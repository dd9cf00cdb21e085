"""Sends a test message to the webhook of a customer, wherever it is."""
import logging
from urllib.parse import urlsplit

import requests
from flask import Flask, jsonify, request

log = logging.getLogger(__name__)
app = Flask(__name__)


def is_outside(url):
    return urlsplit(url).hostname not in ("localhost", "127.0.0.1")


def deliver(url):
    if not is_outside(url):
        raise ValueError("not outside")
    reply = requests.post(url, json={"event": "test"}, timeout=5, allow_redirects=False)
    if reply.status_code >= 300:
        raise ValueError("not taken")


@app.post("/webhook/test")
def test_webhook():
    data = request.get_json(silent=True)
    url = str(data.get("url", "")) if isinstance(data, dict) else ""
    try:
        deliver(url)
    except (requests.RequestException, ValueError, OSError) as exc:
        log.warning("webhook failed: %s", type(exc).__name__)
        return jsonify(delivered=False), 502
    return jsonify(delivered=True)
