"""A small forum: log in, write a post."""
import hmac
import secrets
import time
from urllib.parse import urlsplit

from flask import Flask, abort, jsonify, redirect, request, session
from werkzeug.security import check_password_hash, generate_password_hash


class Throttle:
    """Five wrong passwords in ten minutes close an account for that time."""

    def __init__(self):
        self.wrong = {}

    def blocked(self, name):
        recent = [at for at in self.wrong.get(name, []) if at > time.monotonic() - 600]
        return len(recent) >= 5

    def count(self, name):
        self.wrong.setdefault(name, []).append(time.monotonic())


def local(target):
    """The path to go on to, only on this site."""
    if not target.startswith("/") or target.startswith("//") or "\\" in target or not target.isprintable():
        return "/"
    try:
        parts = urlsplit(target)
    except ValueError:
        return "/"
    return target if not parts.scheme and not parts.netloc else "/"


def create_app():
    app = Flask(__name__)
    app.secret_key = secrets.token_bytes(32)
    app.config.update(SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_SECURE=True)
    users = {"mira": generate_password_hash("correct horse", method="pbkdf2:sha256:260000")}
    posts, throttle = [], Throttle()

    @app.post("/login")
    def log_in():
        name, password = request.form.get("name", "")[:50], request.form.get("password", "")[:200]
        if throttle.blocked(name):
            return jsonify(error="too many attempts"), 429
        if name not in users or not check_password_hash(users[name], password):
            throttle.count(name)
            return jsonify(error="wrong name or password"), 401
        session.clear()
        session["user"] = name
        session["csrf"] = secrets.token_hex(16)
        return redirect(local(request.args.get("next", "")))

    @app.get("/")
    def home():
        return jsonify(user=session.get("user"), csrf=session.get("csrf"), posts=posts[-20:])

    @app.post("/posts")
    def write():
        if "user" not in session:
            abort(401)
        token = request.form.get("csrf", "")
        if not hmac.compare_digest(token.encode("utf-8", "replace"), session["csrf"].encode()):
            abort(403)
        text = request.form.get("text", "").strip()
        if not 1 <= len(text) <= 1000:
            abort(400)
        posts.append({"by": session["user"], "text": text})
        return jsonify(posts[-1]), 201

    return app
