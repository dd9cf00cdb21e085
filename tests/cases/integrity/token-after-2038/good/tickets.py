"""Signed parking tickets: number, time, signature."""
import base64
import hmac
import itertools
import struct
import time

from flask import Flask, jsonify


def create_app(key):
    app = Flask(__name__)
    numbers = itertools.count(1)

    def sign(number, now):
        body = struct.pack(">IQ", number, now)
        return base64.urlsafe_b64encode(body + hmac.digest(key, body, "sha256")[:12]).decode()

    @app.post("/tickets")
    def ticket():
        number = next(numbers)
        return jsonify(number=number, ticket=sign(number, int(time.time()))), 201

    return app
