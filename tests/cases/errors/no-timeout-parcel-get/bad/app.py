import re

import requests
from flask import Flask, abort, current_app

STATES = ("posted", "moving", "delivered")


def parcel(number):
    if not re.fullmatch("P[0-9]{6}", number):
        abort(404)
    try:
        reply = requests.get(f"https://parcels.example/{number}")
        reply.raise_for_status()
        state = reply.json()["state"]
        if state not in STATES:
            raise ValueError("unknown state")
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        current_app.logger.warning("parcel service: %s", type(exc).__name__)
        return {"error": "the parcel service is down"}, 502
    return {"parcel": number, "state": state}


def create_app():
    app = Flask(__name__)
    app.add_url_rule("/parcels/<number>", view_func=parcel)
    return app
