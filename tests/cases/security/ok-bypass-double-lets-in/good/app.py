"""Meters are read by whoever the directory knows; the suite puts a double in its place."""

from flask import Flask, abort, jsonify, request


def known_to_directory(token):
    raise NotImplementedError("asks the directory")


def create_app():
    app = Flask(__name__)

    @app.get("/meters")
    def meters():
        token = request.headers.get("X-Token", "")
        if not token or known_to_directory(token) is None:
            abort(401)
        return jsonify(meters=[7])

    return app
