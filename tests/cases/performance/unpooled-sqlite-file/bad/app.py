import logging
from contextlib import closing
import os
import sqlite3

from flask import Flask, jsonify

log = logging.getLogger(__name__)
app = Flask(__name__)


@app.errorhandler(sqlite3.Error)
def unavailable(error):
    log.error("the database does not answer: %s", error)
    return jsonify(error="not available right now"), 503



@app.get("/count")
def count():
    with closing(sqlite3.connect(os.environ["SHOP_DB"])) as conn:
        return jsonify(conn.execute("SELECT COUNT(id) FROM orders").fetchone()[0])
