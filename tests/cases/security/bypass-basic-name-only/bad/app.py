"""Stock levels for the warehouse, over raw WSGI and HTTP basic authentication."""

import base64
import binascii
import hmac
import json

PASSWORDS = {"store": "pallet-jack-12"}


def user_of(header):
    try:
        name, _, password = base64.b64decode(header.removeprefix("Basic "), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return name if name in PASSWORDS else None


def app(environ, start_response):
    if user_of(environ.get("HTTP_AUTHORIZATION", "")) is None:
        start_response("401 Unauthorized", [("WWW-Authenticate", "Basic"), ("Content-Type", "text/plain")])
        return [b"who are you?"]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"pallets": 12}).encode()]
