"""Saves searches and runs them later."""
import logging
import sqlite3
from contextlib import closing

from flask import Flask, current_app, jsonify, request

log = logging.getLogger(__name__)
app = Flask(__name__)


def connect():
    return closing(sqlite3.connect(current_app.config["DATABASE"], timeout=5))


@app.errorhandler(sqlite3.Error)
def failed(exc):
    log.error("database failed", exc_info=exc)
    return jsonify(error="please try again later"), 503


def save(name):
    with connect() as conn, conn:
        conn.execute("INSERT INTO searches (name) VALUES (?)", (name,))


def hits():
    with connect() as conn:
        name = conn.execute("SELECT name FROM searches ORDER BY id DESC LIMIT 1").fetchone()[0]
        return conn.execute(f"SELECT COUNT(*) FROM parts WHERE name = '{name}'").fetchone()[0]


@app.post("/searches")
def add():
    save(request.form.get("name", ""))
    return jsonify(ok=True), 201


@app.get("/searches/last")
def last():
    return jsonify(hits=hits())
