"""A basket: what is put in, and how many."""

from flask import Flask, abort, jsonify, request

PRICES = {"tea": 450, "coffee": 690}


def create_app():
    app = Flask(__name__)

    @app.post("/basket")
    def put_in():
        data = request.get_json()
        item, quantity = (data.get("item"), data.get("quantity")) if isinstance(data, dict) else (None, None)
        price = PRICES.get(item) if isinstance(item, str) else None
        if price is None or type(quantity) is not int or not 1 <= quantity <= 99:
            abort(400, "item and quantity, please")
        return jsonify(cents=price * quantity)

    return app
