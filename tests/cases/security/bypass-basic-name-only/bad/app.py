"""Stock levels for the warehouse, over HTTP basic authentication."""

import base64
import binascii
import hmac

from flask import Flask, jsonify, request

PASSWORDS = {"store": "pallet-jack-12"}


def user_of(header):
    try:
        name, _, password = base64.b64decode(header.removeprefix("Basic "), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return name if name in PASSWORDS else None


def create_app():
    app = Flask(__name__)

    @app.get("/levels")
    def levels():
        if user_of(request.headers.get("Authorization", "")) is None:
            return "who are you?", 401, {"WWW-Authenticate": "Basic"}
        return jsonify(pallets=12)

    return app
