"""Lockers of a gym open with a PIN."""
import hmac
import logging
import sqlite3
from contextlib import closing

from flask import Flask, jsonify, request
from werkzeug.security import check_password_hash, generate_password_hash

log = logging.getLogger("lockers")
METHOD = "scrypt:1024:8:1"


class Lockers:
    def __init__(self, path):
        self.path = path
        with self.open() as conn:
            conn.execute("CREATE TABLE IF NOT EXISTS lockers (number INTEGER PRIMARY KEY, pin TEXT NOT NULL, failed INTEGER NOT NULL DEFAULT 0)")

    def open(self):
        return closing(sqlite3.connect(self.path, timeout=5))

    def rent(self, number, pin):
        with self.open() as conn, conn:
            conn.execute("INSERT INTO lockers (number, pin) VALUES (?, ?)", (number, generate_password_hash(pin, METHOD)))

    def unlock(self, number, pin):
        with self.open() as conn, conn:
            row = conn.execute("SELECT pin, failed FROM lockers WHERE number = ?", (number,)).fetchone()
            if row is None:
                return False
            if check_password_hash(row[0], pin):
                return True
            conn.execute("UPDATE lockers SET failed = failed + 1 WHERE number = ?", (number,))
            return False


def create_app(lockers):
    app = Flask(__name__)

    @app.post("/lockers/<int:number>/unlock")
    def unlock(number):
        body = request.get_json(silent=True)
        pin = body.get("pin") if isinstance(body, dict) else None
        if not isinstance(pin, str) or not pin.isascii() or number > 10**9:
            return jsonify(error="a pin is needed"), 400
        try:
            opened = lockers.unlock(number, pin)
        except sqlite3.Error as exc:
            log.error("locker failed: %s", type(exc).__name__)
            return jsonify(error="please try again later"), 503
        return (jsonify(open=True), 200) if opened else (jsonify(open=False), 403)

    return app
