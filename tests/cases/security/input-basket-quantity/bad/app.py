"""A basket: what is put in, and how many."""

from flask import Flask, abort, jsonify, request

PRICES = {"tea": 450, "coffee": 690}


def create_app():
    app = Flask(__name__)

    @app.post("/basket")
    def put_in():
        data = request.get_json()
        quantity = int(data["quantity"])
        price = PRICES[data["item"]]
        return jsonify(cents=price * quantity)

    return app
