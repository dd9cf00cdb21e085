"""A converter whose one handler answers for whatever was wrong with the input."""

import logging

from flask import Flask, jsonify, request
from werkzeug.exceptions import HTTPException

log = logging.getLogger("convert")


def create_app():
    app = Flask(__name__)

    @app.get("/convert")
    def convert():
        return jsonify(miles=float(request.args["km"]) * 0.621371)

    @app.errorhandler(Exception)
    def sorry(error):
        if isinstance(error, HTTPException):
            return error
        log.error("conversion failed", exc_info=error)
        return jsonify(error="this could not be converted"), 500

    return app
