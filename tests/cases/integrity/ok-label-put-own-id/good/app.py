"""Parcels: the label is made under an id of our own, so that PUT may be repeated."""
import time
import uuid

import httpx
from flask import Flask, jsonify, request

app = Flask(__name__)
LABELS = "https://parcels.example/labels"


def make_label(address):
    number = uuid.uuid4()
    for pause in (1, 2, 4, None):
        try:
            answer = httpx.put(f"{LABELS}/{number}", json={"address": address}, timeout=5)
            answer.raise_for_status()
            return str(number)
        except httpx.TransportError:
            if pause is None:
                raise
            time.sleep(pause)


@app.errorhandler(httpx.HTTPError)
def no_label(exc):
    app.logger.error("no label: %s", type(exc).__name__)
    return jsonify(error="no label now"), 502


@app.post("/parcels")
def create():
    return jsonify(label=make_label(request.get_json()["address"])), 201
