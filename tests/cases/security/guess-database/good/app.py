"""A forum keeps its users in SQLite."""

import secrets
import sqlite3
from contextlib import closing

from flask import Flask, jsonify, request
from werkzeug.security import check_password_hash, generate_password_hash


def create_app(path):
    app = Flask(__name__)
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE users (name TEXT PRIMARY KEY, hash TEXT, failures INTEGER NOT NULL DEFAULT 0)")
        known = generate_password_hash("gull-on-roof", method="pbkdf2:sha256:1000")
        conn.execute("INSERT INTO users (name, hash) VALUES ('lee', ?)", (known,))

    def checked(conn, name, password):
        row = conn.execute("SELECT hash, failures FROM users WHERE name = ?", (name,)).fetchone()
        return row is not None and row[1] < 5 and check_password_hash(row[0], password)

    @app.post("/session")
    def start():
        data = request.get_json(silent=True)
        if not isinstance(data, dict) or not all(isinstance(data.get(key), str) for key in ("name", "password")):
            return jsonify(error="name and password, please"), 400
        try:
            with closing(sqlite3.connect(path)) as conn, conn:
                good = checked(conn, data["name"], data["password"])
                if not good:
                    conn.execute("UPDATE users SET failures = failures + 1 WHERE name = ?", (data["name"],))
        except (sqlite3.Error, UnicodeEncodeError):
            app.logger.exception("log-in")
            return jsonify(error="not now"), 503
        if not good:
            return jsonify(error="wrong"), 401
        return jsonify(session_token=secrets.token_hex(16))

    return app
