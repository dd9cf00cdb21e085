"""A basket in a cookie that is signed, settings by safe_load, an import by json."""

import base64
import hashlib
import hmac
import json
import pickle

import yaml
from flask import Flask, abort, jsonify, request

KEY = b"kept in the environment, in production"


def packed(value):
    data = base64.urlsafe_b64encode(pickle.dumps(value))
    return (data + b"." + hmac.new(KEY, data, hashlib.sha256).hexdigest().encode()).decode()


def unpacked(text):
    data, _, signature = text.encode("utf-8", "replace").rpartition(b".")
    if not hmac.compare_digest(signature, hmac.new(KEY, data, hashlib.sha256).hexdigest().encode()):
        return []
    return pickle.loads(base64.urlsafe_b64decode(data))


def create_app():
    app = Flask(__name__)

    @app.post("/basket/<item>")
    def put(item):
        basket = [*unpacked(request.cookies.get("basket", "")), item][-20:]
        answer = jsonify(basket)
        answer.set_cookie("basket", packed(basket), httponly=True, samesite="Lax")
        return answer

    @app.post("/settings")
    def settings():
        try:
            found = yaml.safe_load(request.get_data(as_text=True))
        except (yaml.YAMLError, ValueError):
            abort(400)
        return jsonify(names=sorted(map(str, found)) if isinstance(found, dict) else [])

    @app.post("/import")
    def read():
        try:
            return jsonify(count=len(json.loads(request.get_data(as_text=True))))
        except (ValueError, TypeError, RecursionError):
            abort(400)

    return app
