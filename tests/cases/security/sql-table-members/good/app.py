"""Shows the members of one of two clubs."""
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


def names(table):
    with connect() as conn:
        return conn.execute(f"SELECT id, name FROM {table} ORDER BY id LIMIT 50").fetchall()


@app.get("/members")
def members():
    if request.args.get("club", "chess") not in ("chess", "rowing"):
        return jsonify(error="no such club"), 404
    return jsonify([name for _, name in names(request.args.get("club", "chess"))])
