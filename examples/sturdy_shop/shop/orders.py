"""Orders. One is `pending` while the money is being taken, then `paid`; what fails on the way is undone."""

import logging
import sqlite3
import uuid

from flask import Blueprint, request

from . import carrier, notify, outbox, payments
from .db import get_db
from .errors import (
    BadRequest,
    CarrierUnavailable,
    Conflict,
    NotFound,
    PaymentDeclined,
    PaymentUnavailable,
    RefundUnavailable,
)
from .shipping import is_country

MAX_LINES = 50

log = logging.getLogger(__name__)
routes = Blueprint("orders", __name__)


@routes.post("/orders")
def place_order():
    email, quantities = read_order(request.get_json(silent=True))
    db = get_db()
    reference = uuid.uuid4().hex
    try:
        order_id, total = reserve(db, reference, email, quantities)
    except sqlite3.Error:
        # The commit may have gone through although its answer was lost.
        give_up(db, reference)
        raise
    try:
        charge = payments.charge(reference, total)
    except PaymentDeclined:
        give_up(db, reference)
        raise
    except PaymentUnavailable:
        give_up(db, reference, refund=total)
        raise
    try:
        db.execute("UPDATE orders SET status = 'paid', charge = ? WHERE id = ?", (charge, order_id))
        db.commit()
    except sqlite3.Error:
        log.error("Order %s was charged and could not be saved as paid", reference)
        give_up(db, reference, refund=total)
        raise
    confirmation = confirm(db, reference, email, f"Your order {order_id}")
    return {"id": order_id, "status": "paid", "total": total, "confirmation": confirmation}, 201


def read_order(body):
    """The address, and how many of each product."""
    if not isinstance(body, dict):
        raise BadRequest
    email, items = body.get("email"), body.get("items")
    if not isinstance(email, str) or not 3 <= len(email) <= 254 or "@" not in email:
        raise BadRequest("An e-mail address is needed.")
    if not isinstance(items, list) or not 0 < len(items) <= MAX_LINES:
        raise BadRequest(f"An order has 1 to {MAX_LINES} items.")
    quantities = {}
    for item in items:
        if not isinstance(item, dict):
            raise BadRequest("An item is a product and a quantity.")
        product, quantity = item.get("product"), item.get("quantity")
        if type(product) is not int or type(quantity) is not int or not 0 < quantity <= 1000:
            raise BadRequest("An item is a product and a quantity.")
        if not 0 < product < 2**63:
            raise NotFound("There is no such product.")
        quantities[product] = quantities.get(product, 0) + quantity
    return email, quantities


def reserve(db, reference, email, quantities):
    """Write the order down as pending and take its products from the stock: all of it, or nothing."""
    marks = ", ".join("?" * len(quantities))
    rows = db.execute(f"SELECT id, price FROM products WHERE id IN ({marks})", tuple(quantities)).fetchall()
    prices = {row["id"]: row["price"] for row in rows}
    if len(prices) < len(quantities):
        raise NotFound("There is no such product.")
    total = sum(prices[product] * quantity for product, quantity in quantities.items())
    taken = db.executemany(
        "UPDATE products SET stock = stock - ? WHERE id = ? AND stock >= ?",
        [(quantity, product, quantity) for product, quantity in quantities.items()],
    )
    if taken.rowcount < len(quantities):
        raise Conflict("There is not enough in stock.")  # closing the connection rolls back
    order_id = db.execute(
        "INSERT INTO orders (reference, email, total, status) VALUES (?, ?, ?, 'pending')",
        (reference, email, total),
    ).lastrowid
    db.executemany(
        "INSERT INTO order_lines (order_id, product_id, quantity, price) VALUES (?, ?, ?, ?)",
        [(order_id, product, quantity, prices[product]) for product, quantity in quantities.items()],
    )
    db.commit()
    return order_id, total


def give_up(db, reference, refund=None):
    """Undo an order that did not come about, and give back what may have been charged.

    Runs while an error is on its way to the customer, and so raises none of its own: what cannot be undone
    now is left in the outbox, or in the log as the last resort.
    """
    refunded = refund is None
    if not refunded:
        try:
            payments.refund(reference, refund)
            refunded = True
        except RefundUnavailable:
            log.error("A charge for %s may stand and must be refunded", reference)
    try:
        db.rollback()
        restore_stock(db, reference)
        db.execute("UPDATE orders SET status = 'failed' WHERE reference = ?", (reference,))
        if not refunded:
            outbox.add(db, "refund", reference=reference, amount=refund)
        db.commit()
    except sqlite3.Error:
        log.exception("Order %s could not be undone (refunded: %s)", reference, refunded)


def restore_stock(db, reference):
    """Before the order's status is changed: one that was undone already gives nothing back."""
    db.execute(
        "UPDATE products SET stock = stock + ("
        " SELECT quantity FROM order_lines JOIN orders ON orders.id = order_id"
        " WHERE reference = ? AND product_id = products.id)"
        " WHERE id IN (SELECT product_id FROM order_lines JOIN orders ON orders.id = order_id"
        " WHERE reference = ? AND status IN ('pending', 'paid'))",
        (reference, reference),
    )


def confirm(db, reference, email, subject):
    """Tell the customer, now or later. The order stands either way, and the answer says which it was."""
    message = {"to": email, "subject": subject, "key": f"confirmation-{reference}"}
    if notify.send(**message):
        return "sent"
    try:
        outbox.add(db, "message", **message)
        db.commit()
    except sqlite3.Error:
        log.exception("The confirmation of %s is lost", reference)
        return "failed"
    return "queued"


@routes.get("/orders/<int:order_id>")
def show_order(order_id):
    db = get_db()
    order = find_order(db, order_id)
    lines = db.execute(
        "SELECT product_id AS product, quantity, price FROM order_lines WHERE order_id = ? ORDER BY product_id",
        (order_id,),
    ).fetchall()
    return {
        "id": order_id,
        "status": order["status"],
        "total": order["total"],
        "tracking": order["tracking"],
        "lines": [dict(line) for line in lines],
    }


@routes.post("/orders/<int:order_id>/cancel")
def cancel_order(order_id):
    db = get_db()
    order = find_order(db, order_id)
    if order["status"] == "cancelled":  # asked again, as after an answer that was lost
        return {"id": order_id, "status": "cancelled"}
    if order["status"] != "paid":
        raise Conflict("Only a paid order can be cancelled.")
    # First the refund: should saving fail, the order is still paid, and cancelling again is safe.
    payments.refund(order["reference"], order["total"])
    restore_stock(db, order["reference"])
    db.execute("UPDATE orders SET status = 'cancelled' WHERE id = ?", (order_id,))
    db.commit()
    return {"id": order_id, "status": "cancelled"}


@routes.post("/orders/<int:order_id>/ship")
def ship_order(order_id):
    body = request.get_json(silent=True)
    country = body.get("country") if isinstance(body, dict) else None
    if not is_country(country):
        raise BadRequest("A country is needed.")
    db = get_db()
    order = find_order(db, order_id)
    if order["status"] == "shipped":
        return {"id": order_id, "tracking": order["tracking"]}
    if order["status"] != "paid":
        raise Conflict("Only a paid order can be shipped.")
    (weight,) = db.execute(
        "SELECT SUM(weight * quantity) FROM order_lines JOIN products ON products.id = product_id WHERE order_id = ?",
        (order_id,),
    ).fetchone()
    try:
        tracking = carrier.create_parcel(order["reference"], country, weight)
    except CarrierUnavailable:
        outbox.add(db, "parcel", reference=order["reference"], country=country, weight=weight)
        db.execute("UPDATE orders SET status = 'to ship' WHERE id = ?", (order_id,))
        db.commit()
        return {"id": order_id, "tracking": None, "message": "The parcel will be handed over later."}, 202
    # Should saving fail, shipping again gets the same parcel from the carrier.
    db.execute("UPDATE orders SET status = 'shipped', tracking = ? WHERE id = ?", (tracking, order_id))
    db.commit()
    return {"id": order_id, "tracking": tracking}, 201


def find_order(db, order_id):
    order = db.execute("SELECT reference, total, status, tracking FROM orders WHERE id = ?", (order_id,)).fetchone()
    if order is None:
        raise NotFound("There is no such order.")
    return order
