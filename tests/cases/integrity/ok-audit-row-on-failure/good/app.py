import sqlite3
from contextlib import closing

import requests
from flask import Flask, current_app


def audit(door, event):
    """Somebody stood before a closed door: kept for the morning. The door is not opened by it."""
    try:
        with closing(sqlite3.connect(current_app.config["DATABASE"])) as conn, conn:
            conn.execute("INSERT INTO audit (door, event) VALUES (?, ?)", (door, event))
    except sqlite3.Error:
        current_app.logger.exception("no audit of door %s", door)


def open_door(door):
    try:
        reply = requests.post(f"https://locks.example/doors/{door}/open", timeout=(2, 5))
        reply.raise_for_status()
    except requests.RequestException as exc:
        current_app.logger.error("door %s: %s", door, type(exc).__name__)
        audit(door, type(exc).__name__)
        return {"door": door, "open": False, "error": "the lock does not answer"}, 502
    return {"door": door, "open": True}


def create_app(path):
    app = Flask(__name__)
    app.config["DATABASE"] = path
    app.add_url_rule("/doors/<int(max=99):door>/open", view_func=open_door, methods=["POST"])
    return app
