import re

from flask import Blueprint, abort, jsonify, request

from .db import Item, session

bp = Blueprint("api", __name__)
SKU = re.compile(r"[A-Z0-9]{1,16}")


@bp.put("/items/<sku>")
def put_item(sku):
    if not SKU.fullmatch(sku):
        abort(404, "No such item.")
    body = request.get_json()
    quantity = body.get("quantity") if isinstance(body, dict) else None
    if type(quantity) is not int or not 0 <= quantity < 2**31:
        abort(422, "quantity must be a number.")
    item = session().get(Item, sku)
    if item is None:
        session().add(Item(sku=sku, quantity=quantity))
    else:
        item.quantity = quantity
    session().commit()
    return jsonify(sku=sku, quantity=quantity)


@bp.get("/items/<sku>")
def get_item(sku):
    item = session().get(Item, sku) if SKU.fullmatch(sku) else None
    if item is None:
        abort(404, "No such item.")
    return jsonify(sku=item.sku, quantity=item.quantity)
