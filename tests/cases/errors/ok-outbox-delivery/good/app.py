"""Avalanche bulletins for the sirens and displays of the valleys."""
import logging
import re
import sqlite3

from flask import Flask, abort, jsonify

from outbox import Outbox

log = logging.getLogger("avalanche")
REGIONS = ("karwendel", "silvretta", "stubai")


def create_app(database, display_url):
    app = Flask(__name__)
    outbox = Outbox(database, display_url)

    @app.errorhandler(sqlite3.Error)
    def database_error(exc):
        log.error("database failed: %s", type(exc).__name__)
        return jsonify(error="the bulletin was not taken, send it again"), 503

    @app.post("/bulletins/<region>/<level>")
    def publish(region, level):
        if region not in REGIONS or not re.fullmatch("[1-5]", level):
            abort(404)
        key = outbox.add(region, int(level))
        if outbox.deliver(key, region, int(level)):
            return jsonify(bulletin=key, state="delivered"), 201
        return jsonify(bulletin=key, state="queued"), 202

    return app
