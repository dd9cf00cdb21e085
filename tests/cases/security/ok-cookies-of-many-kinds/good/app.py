"""Cookies of many kinds: a session by an own server, a theme, a consent, a token that scripts are to read."""

import secrets

from flask import Flask, jsonify, request

SESSIONS = {}


def create_app():
    app = Flask(__name__)

    @app.post("/start")
    def start():
        number = secrets.token_urlsafe(16)
        SESSIONS[number] = {"theme": "light"}
        answer = jsonify(started=True)
        answer.set_cookie("session", number, httponly=True, samesite="Lax", secure=request.is_secure)
        return answer

    @app.get("/theme/<name>")
    def theme(name):
        answer = jsonify(theme=name)
        if name in ("light", "dark"):
            answer.set_cookie("theme", name, max_age=31_536_000)
            answer.set_cookie("cookie_consent", "yes")
        answer.set_cookie("XSRF-TOKEN", secrets.token_urlsafe(8), samesite="Strict", secure=request.is_secure)
        return answer

    @app.post("/leave")
    def leave():
        SESSIONS.pop(request.cookies.get("session", ""), None)
        answer = jsonify(left=True)
        answer.delete_cookie("session")
        return answer

    return app
