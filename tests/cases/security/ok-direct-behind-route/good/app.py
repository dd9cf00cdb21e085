"""A shop whose page decides what may be asked for; the function below it is tested by itself, too."""

import logging
import sqlite3
from contextlib import closing

from flask import Flask, abort, jsonify, request

log = logging.getLogger(__name__)
app = Flask(__name__)
KINDS = ("tea", "coffee")


@app.errorhandler(sqlite3.Error)
def failed(exc):
    log.error("database failed", exc_info=exc)
    return jsonify(error="please try again later"), 503


def names(conn, kind):
    return [name for (name,) in conn.execute(f"SELECT name FROM products WHERE kind = '{kind}' LIMIT 50")]


@app.get("/products")
def products():
    kind = request.args.get("kind", "tea")
    if kind not in KINDS:
        abort(404)
    with closing(sqlite3.connect(app.config["DATABASE"], timeout=5)) as conn:
        return jsonify(names(conn, kind))
