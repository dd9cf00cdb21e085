import logging
import sqlite3

from flask import Flask, abort, jsonify, request

log = logging.getLogger("hives")


def integer(body, name, top):
    value = body.get(name) if isinstance(body, dict) else None
    if type(value) is not int or not 0 <= value <= top:
        abort(400, f"{name} must be an integer up to {top}")
    return value


def create_app(book):
    app = Flask(__name__)

    @app.errorhandler(sqlite3.Error)
    def unavailable(exc):
        log.error("hive book failed: %s", type(exc).__name__)
        return jsonify(error="the scale must send it again"), 503

    @app.post("/hives/<int(max=9999):hive>/weights")
    def weigh(hive):
        body = request.get_json()
        book.record(hive, integer(body, "at", 2**40), integer(body, "grams", 200_000))
        return "", 204

    @app.get("/hives/<int(max=9999):hive>")
    def show(hive):
        latest = book.latest(hive)
        if latest is None:
            abort(404)
        return jsonify(hive=hive, grams=latest[0], at=latest[1])

    return app
