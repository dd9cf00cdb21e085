"""A counter of visits that says what it does."""
import structlog
from flask import Flask, jsonify

log = structlog.get_logger()


def create_app():
    app = Flask(__name__)
    visits = {"count": 0}

    @app.post("/visits")
    def visit():
        visits["count"] += 1
        log.info("visit", count=visits["count"])
        return jsonify(visits), 201

    return app
