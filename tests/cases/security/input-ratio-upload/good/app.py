"""Measurements come as a file, and go back as their mean."""

import csv
import io

from flask import Flask, abort, jsonify, request


def mean(text):
    values = [float(row[1]) for row in csv.reader(io.StringIO(text))]
    return sum(values) / len(values)


def create_app():
    app = Flask(__name__)

    @app.post("/measurements")
    def measurements():
        file = request.files.get("file")
        if file is None:
            abort(400, "a file, please")
        text = file.read().decode("utf-8", "replace")
        try:
            return jsonify(mean=mean(text))
        except (ArithmeticError, IndexError, ValueError, csv.Error):
            abort(422, "not a table of numbers")

    return app
