import stripe
from flask import Blueprint, request

from . import payments
from .db import get_db

routes = Blueprint("orders", __name__)


@routes.post("/orders")
def place_order():
    data = request.get_json()
    db = get_db()
    product = db.execute("SELECT price, stock FROM products WHERE id = ?", (data["product"],)).fetchone()
    if product is None:
        return {"error": "There is no such product."}, 404
    if product["stock"] < data["quantity"]:
        return {"error": "There is not enough in stock."}, 409
    total = product["price"] * data["quantity"]

    order_id = db.execute(
        "INSERT INTO orders (email, total, status) VALUES (?, ?, 'pending')", (data["email"], total)
    ).lastrowid
    db.execute("UPDATE products SET stock = stock - ? WHERE id = ?", (data["quantity"], data["product"]))
    db.commit()

    try:
        intent = payments.pay(data["email"], total)
    except stripe.StripeError:
        db.execute("UPDATE products SET stock = stock + ? WHERE id = ?", (data["quantity"], data["product"]))
        db.execute("UPDATE orders SET status = 'failed' WHERE id = ?", (order_id,))
        db.commit()
        raise

    db.execute("UPDATE orders SET status = 'paid', intent = ? WHERE id = ?", (intent.id, order_id))
    db.commit()
    db.execute("INSERT INTO invoices (order_id, total) VALUES (?, ?)", (order_id, total))
    db.commit()
    return {"id": order_id, "status": "paid", "total": total}, 201


@routes.get("/orders/<int:order_id>")
def show_order(order_id):
    order = get_db().execute("SELECT id, status, total FROM orders WHERE id = ?", (order_id,)).fetchone()
    if order is None:
        return {"error": "There is no such order."}, 404
    return dict(order)


@routes.get("/orders/<int:order_id>/invoice")
def show_invoice(order_id):
    invoice = get_db().execute("SELECT id, total FROM invoices WHERE order_id = ?", (order_id,)).fetchone()
    if invoice is None:
        return {"error": "There is no such invoice."}, 404
    return dict(invoice)


@routes.post("/orders/<int:order_id>/cancel")
def cancel_order(order_id):
    db = get_db()
    order = db.execute("SELECT intent FROM orders WHERE id = ? AND status = 'paid'", (order_id,)).fetchone()
    if order is None:
        return {"error": "There is no such order."}, 404
    payments.refund(order["intent"])
    db.execute("UPDATE orders SET status = 'cancelled' WHERE id = ?", (order_id,))
    db.commit()
    return {"id": order_id, "status": "cancelled"}
