"""Text messages after a template of the shop's owner."""
from string import Template

from flask import Flask, jsonify, request

app = Flask(__name__)


class Order:
    def __init__(self, number):
        self.number = number

    def __str__(self):
        return self.number


@app.post("/message")
def message():
    try:
        return jsonify(text=Template(request.form.get("text", "")).safe_substitute(order=Order("A1")))
    except (KeyError, IndexError, ValueError, AttributeError):
        return jsonify(error="unknown placeholder"), 400
