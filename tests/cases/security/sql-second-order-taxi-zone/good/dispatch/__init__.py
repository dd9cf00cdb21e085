"""Dispatch of a taxi company: drivers choose a home zone and see the open rides there."""
import logging
import sqlite3

from flask import Flask, jsonify

from .drivers import drivers
from .store import Store

log = logging.getLogger("dispatch")


def database_error(exc):
    log.error("dispatch database failed", exc_info=exc)
    return jsonify(error="dispatch is unavailable, please retry"), 503


def create_app(database):
    app = Flask(__name__)
    app.extensions["store"] = Store(database)
    app.register_blueprint(drivers)
    app.register_error_handler(sqlite3.Error, database_error)
    return app
