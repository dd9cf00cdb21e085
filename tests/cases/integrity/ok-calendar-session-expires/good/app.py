import secrets
import sqlite3
import time
from contextlib import closing

from flask import Flask, current_app, jsonify, request

app = Flask(__name__)
LASTS = 3600


def connect():
    return closing(sqlite3.connect(current_app.config["DATABASE"]))


@app.errorhandler(sqlite3.Error)
def no_database(error):
    app.logger.error("database: %s", type(error).__name__)
    return jsonify(error="try again later"), 503


@app.post("/sessions")
def log_in():
    token = secrets.token_urlsafe(24)
    with connect() as conn, conn:
        conn.execute("INSERT INTO sessions VALUES (?, ?, ?)", (token, "ann", time.time() + LASTS))
    return jsonify(token=token), 201


@app.get("/me")
def me():
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    with connect() as conn:
        row = conn.execute("SELECT name, until FROM sessions WHERE token = ?", (token,)).fetchone()
    if row is None or row[1] < time.time():
        return jsonify(error="log in first"), 401
    left = row[1] - time.time()
    return jsonify(name=row[0], minutes=max(0, round(left / 60)))
