import logging
import os

from flask import Flask, jsonify
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger(__name__)
app = Flask(__name__)


@app.errorhandler(SQLAlchemyError)
def unavailable(error):
    log.error("the database does not answer: %s", error)
    return jsonify(error="not available right now"), 503


def connect():
    return create_engine(os.environ["SHOP_URL"]).connect()


@app.get("/count")
def count():
    with connect() as conn:
        return jsonify(conn.execute(text("SELECT COUNT(id) FROM orders")).scalar())
