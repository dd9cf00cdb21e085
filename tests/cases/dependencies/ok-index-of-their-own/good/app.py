"""A page that asks the company's own client, where it is installed."""
from flask import Flask, jsonify

app = Flask(__name__)


def customers():
    from acme_billing_client import Client

    return Client().customers()


@app.get("/")
def home():
    return jsonify(customers="ask")
