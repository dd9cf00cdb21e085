"""An audit of log-ins that keeps to its lines, and to what may be told."""

import hashlib
import hmac
import json
import logging

from flask import Flask, jsonify, request

log = logging.getLogger("audit")
SALT = b"9b1c"
FAILED = {}


def derived(password):
    return hashlib.pbkdf2_hmac("sha256", password.encode("utf-8", "replace"), SALT, 10_000)


ACCOUNTS = {"ada": derived("analytical-engine-1")}


def line(text):
    return " ".join(str(text).split())[:200]


def masked(token):
    return "…" + token[-4:]


def create_app():
    app = Flask(__name__)

    @app.post("/login")
    def login():
        name, password = request.form.get("name", ""), request.form.get("password", "")
        if FAILED.get(name, 0) >= 5:
            return jsonify(error="too many attempts, wait"), 429
        known = ACCOUNTS.get(name)
        if known is None or not hmac.compare_digest(known, derived(password)):
            FAILED[name] = FAILED.get(name, 0) + 1
            log.warning("refused %r from %s, %d characters", name, line(request.headers.get("User-Agent")), len(password))
            return jsonify(error="no"), 401
        log.info("%s", json.dumps({"event": "login", "name": name}))
        return jsonify(token="t-" + hashlib.sha256(name.encode()).hexdigest()[:20])

    @app.post("/keys")
    def keys():
        api_key = request.form.get("api_key", "")
        log.info("key %s of %s was stored", masked(api_key) if len(api_key) > 8 else "…", line(request.form.get("owner", "")))
        return jsonify(stored=True)

    return app
