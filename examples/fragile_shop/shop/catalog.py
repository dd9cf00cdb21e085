from flask import Blueprint, jsonify, request

from .db import get_db

catalog = Blueprint("catalog", __name__)


@catalog.route("/products", methods=["GET"])
def get_products():
    """Return all products."""
    db = get_db()
    products = db.execute("SELECT * FROM products").fetchall()
    return jsonify([dict(product) for product in products])


@catalog.route("/products/<int:product_id>", methods=["GET"])
def get_product(product_id):
    """Return a single product."""
    db = get_db()
    product = db.execute("SELECT * FROM products WHERE id = ?", (product_id,)).fetchone()
    if product is None:
        return jsonify({"error": "Product not found"}), 404
    return jsonify(dict(product))


@catalog.route("/products/<int:product_id>/stock", methods=["PUT"])
def update_stock(product_id):
    """Set the stock of a product."""
    data = request.get_json()
    db = get_db()
    db.execute("UPDATE products SET stock = ? WHERE id = ?", (data["stock"], product_id))
    db.commit()
    return jsonify({"id": product_id, "stock": data["stock"]})
