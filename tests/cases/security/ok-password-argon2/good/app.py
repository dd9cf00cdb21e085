"""Accounts by argon2, on SQLite, with a limit for each name."""

import sqlite3
from time import time

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, jsonify, request

hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
LIMIT, WINDOW = 8, 300


class Accounts:
    def __init__(self, conn):
        self.conn, self.attempts = conn, {}

    def add(self, name, password):
        with self.conn:
            self.conn.execute("INSERT INTO accounts (name, digest) VALUES (?, ?)", (name, hasher.hash(password)))

    def may_try(self, name):
        recent = [at for at in self.attempts.get(name, []) if at > time() - WINDOW]
        self.attempts[name] = [*recent, time()]
        return len(recent) < LIMIT

    def verify(self, name, password):
        found = self.conn.execute("SELECT digest FROM accounts WHERE name = ?", (name,)).fetchone()
        try:
            return found is not None and hasher.verify(found[0], password)
        except (VerificationError, InvalidHashError):
            return False


def create_app(conn):
    app = Flask(__name__)
    accounts = Accounts(conn)
    app.register_error_handler(sqlite3.IntegrityError, lambda error: (jsonify(error="taken"), 409))
    app.register_error_handler(sqlite3.Error, lambda error: (jsonify(error="not now"), 503))
    app.register_error_handler(UnicodeEncodeError, lambda error: (jsonify(error="no text"), 400))

    @app.post("/accounts")
    def add():
        accounts.add(request.form.get("name", ""), request.form.get("password", ""))
        return jsonify(added=True), 201

    @app.post("/login")
    def login():
        name = request.form.get("name", "")
        if not accounts.may_try(name):
            return jsonify(error="wait five minutes"), 429
        if not accounts.verify(name, request.form.get("password", "")):
            return jsonify(error="no"), 401
        return jsonify(token=hasher.hash(name)[-20:])

    return app
