"""A diary behind a password, over Flask."""

import time

from flask import Flask, abort, redirect, request, session
from werkzeug.security import check_password_hash, generate_password_hash

USERS = {"ann": generate_password_hash("violet-sky-3", method="pbkdf2:sha256:1000")}
MOST, WINDOW = 5, 300


def create_app():
    app = Flask(__name__)
    app.secret_key = "diary"
    app.config.update(SESSION_COOKIE_SAMESITE="Lax")
    failures = {}

    @app.post("/login")
    def login():
        name, password = request.form.get("name", ""), request.form.get("password", "")
        recent = [at for at in failures.get(name, []) if at > time.time() - WINDOW]
        if len(recent) >= MOST:
            abort(429)
        if not check_password_hash(USERS.get(name, ""), password):
            failures[name] = [*recent, time.time()]
            return "wrong name or password", 401
        session["name"] = name
        return redirect("/diary")

    return app
