"""Which squares of the forest-fire map had lightning lately."""
import math
import threading
from collections import Counter

from flask import Flask, current_app, jsonify, request
from werkzeug.exceptions import BadRequest

STEP = 4  # squares per degree


class LightningMap:
    """Counts of strikes by square, in memory, for the last day."""

    def __init__(self, squares=()):
        self._counts = Counter({tuple(square): strikes for square, strikes in squares})
        self._lock = threading.Lock()

    def square(self, lat, lon):
        return math.floor(lat * STEP), math.floor(lon * STEP)

    def strike(self, lat, lon):
        square = self.square(lat, lon)
        with self._lock:
            self._counts[square] += 1
        return square

    def strikes(self, lat, lon):
        with self._lock:
            return self._counts[self.square(lat, lon)]


def degrees(values, name, limit):
    value = values.get(name, type=float)
    if value is None or abs(value) > limit:
        raise BadRequest(f"{name} is no position")
    return value


def position(values):
    return degrees(values, "lat", 90), degrees(values, "lon", 180)


def report_strike():
    square = current_app.extensions["lightning"].strike(*position(request.form))
    return jsonify(square=square), 201


def risk():
    strikes = current_app.extensions["lightning"].strikes(*position(request.args))
    return jsonify(strikes=strikes, risk="high" if strikes > 2 else "low")


def bad_request(exc):
    return jsonify(error=exc.description), 400


def create_app(squares=()):
    app = Flask(__name__)
    app.extensions["lightning"] = LightningMap(squares)
    app.add_url_rule("/strikes", view_func=report_strike, methods=["POST"])
    app.add_url_rule("/risk", view_func=risk)
    app.register_error_handler(BadRequest, bad_request)
    return app
