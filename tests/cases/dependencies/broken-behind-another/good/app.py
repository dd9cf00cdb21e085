"""Asks the client of a partner whether he is there."""
import acme_client
from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/")
def home():
    return jsonify(answer=acme_client.ping())
