"""The door of an office: every try is logged."""

import logging

from flask import Flask, abort, request

logging.basicConfig(level=logging.INFO)
log = logging.getLogger("door")
TRIES = {}


def create_app():
    app = Flask(__name__)

    @app.post("/open")
    def open_door():
        name, passcode = request.form.get("name", ""), request.form.get("passcode", "")
        log.info("%r at the door with %r", name, passcode)
        if passcode != "kite-4711":
            abort(403)
        return "open"

    return app
