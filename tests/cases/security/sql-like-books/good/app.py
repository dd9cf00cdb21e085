"""Finds books by a part of their title."""
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


def find(part):
    with connect() as conn:
        return conn.execute("SELECT id, title FROM books WHERE title LIKE ? LIMIT 20", (f"%{part}%",)).fetchall()


@app.get("/books")
def books():
    return jsonify([title for _, title in find(request.args.get("q", ""))])
