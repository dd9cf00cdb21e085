from flask import Blueprint, jsonify, request

from .db import get_db
from .errors import BadRequest, NotFound

PAGE = 100

routes = Blueprint("catalog", __name__)


@routes.get("/products")
def list_products():
    after = request.args.get("after", default=0, type=int)
    rows = get_db().execute(
        "SELECT id, name, price, weight, stock FROM products WHERE id > ? ORDER BY id LIMIT ?", (after, PAGE)
    )
    return jsonify([dict(row) for row in rows.fetchall()])


@routes.get("/products/<int:product_id>")
def show_product(product_id):
    row = get_db().execute("SELECT id, name, price, weight, stock FROM products WHERE id = ?", (product_id,)).fetchone()
    if row is None:
        raise NotFound("There is no such product.")
    return dict(row)


@routes.put("/products/<int:product_id>/stock")
def restock(product_id):
    body = request.get_json(silent=True)
    stock = body.get("stock") if isinstance(body, dict) else None
    if type(stock) is not int or not 0 <= stock < 1_000_000:
        raise BadRequest("The stock must be a whole number of pieces.")
    db = get_db()
    if not db.execute("UPDATE products SET stock = ? WHERE id = ?", (stock, product_id)).rowcount:
        raise NotFound("There is no such product.")
    db.commit()
    return {"stock": stock}
