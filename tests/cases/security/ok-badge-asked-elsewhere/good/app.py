"""Lockers of a swimming pool: the company that prints the badges says whose one is."""
import logging

import requests
from flask import Flask, abort, jsonify, request

log = logging.getLogger("lockers")
BADGES = "https://badges.example/api/owner"


def owner(badge):
    try:
        reply = requests.get(BADGES, headers={"X-Badge": badge}, timeout=5)
        name = reply.json()["owner"] if reply.status_code == 200 else None
    except (requests.RequestException, ValueError, KeyError, TypeError):
        log.exception("badges cannot be checked")
        abort(503)
    return name if isinstance(name, str) else None


app = Flask(__name__)


@app.get("/locker")
def locker():
    badge = request.headers.get("X-Badge")
    name = owner(badge) if badge else None
    if name is None:
        abort(401)
    return jsonify(owner=name, locker=17)
