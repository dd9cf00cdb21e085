"""Orders. One is `pending` while the money is being taken, then `paid`; what fails on the way is undone."""

import logging
import sqlite3
import uuid

from flask import Blueprint, request

from . import outbox, payments
from .db import get_db
from .errors import BadRequest, NotFound, PaymentDeclined, PaymentUnavailable, RefundUnavailable, SoldOut

log = logging.getLogger(__name__)
routes = Blueprint("orders", __name__)


@routes.post("/orders")
def place_order():
    email, product, quantity = read_order(request.get_json(silent=True))
    db = get_db()
    reference = uuid.uuid4().hex
    intent = None
    try:
        order_id, total = reserve(db, reference, email, product, quantity)
        intent = payments.prepare(reference, email, total)
        db.execute("UPDATE orders SET intent = ? WHERE id = ?", (intent, order_id))
        db.commit()
        status = "paid" if payments.take(reference, intent, total) else "pending"
        db.execute("UPDATE orders SET status = ? WHERE id = ?", (status, order_id))
        if status == "paid":
            add_invoice(db, order_id)
        db.commit()
    except (PaymentDeclined, PaymentUnavailable, sqlite3.Error):
        # It may be that the charge, or a commit, went through although its answer was lost.
        give_up(db, reference, intent)
        raise
    return {"id": order_id, "status": status, "total": total}, 201 if status == "paid" else 202


def read_order(body):
    """Address, product and quantity."""
    if not isinstance(body, dict):
        raise BadRequest
    email, product, quantity = body.get("email"), body.get("product"), body.get("quantity")
    if not isinstance(email, str) or not 3 <= len(email) <= 254 or "@" not in email:
        raise BadRequest
    if type(product) is not int or type(quantity) is not int or not 0 < quantity <= 1000:
        raise BadRequest
    if not 0 < product < 2**63:
        raise NotFound
    return email, product, quantity


def reserve(db, reference, email, product, quantity):
    """Write the order down as pending and take its product from the stock: both, or nothing."""
    row = db.execute("SELECT price FROM products WHERE id = ?", (product,)).fetchone()
    if row is None:
        raise NotFound
    total = row["price"] * quantity
    taken = db.execute(
        "UPDATE products SET stock = stock - ? WHERE id = ? AND stock >= ?", (quantity, product, quantity)
    )
    if taken.rowcount != 1:
        raise SoldOut
    order_id = db.execute(
        "INSERT INTO orders (reference, email, product, quantity, total, status) VALUES (?, ?, ?, ?, ?, 'pending')",
        (reference, email, product, quantity, total),
    ).lastrowid
    db.commit()
    return order_id, total


def add_invoice(db, order_id):
    """Part of the caller's transaction: an order is paid and has its invoice, or neither."""
    db.execute(
        "INSERT INTO invoices (order_id, total) SELECT id, total FROM orders WHERE id = ? ON CONFLICT DO NOTHING",
        (order_id,),
    )


def give_up(db, reference, intent):
    """Undo an order that did not come about, and have its payment voided.

    Runs while an error is on its way to the customer, and so raises none of its own: what cannot be undone now is left
    in the outbox, or in the log as the last resort.
    """
    voided = intent is None
    if not voided:
        try:
            payments.void(intent)
            voided = True
        except RefundUnavailable:
            log.error("The payment %s of %s may stand and must be voided", intent, reference)
    try:
        db.rollback()
        # Before the order's status is changed: one that was undone already gives nothing back.
        db.execute(
            "UPDATE products SET stock = stock + (SELECT quantity FROM orders WHERE reference = ?)"
            " WHERE id IN (SELECT product FROM orders WHERE reference = ? AND status IN ('pending', 'paid'))",
            (reference, reference),
        )
        db.execute("UPDATE orders SET status = 'failed' WHERE reference = ?", (reference,))
        db.execute("DELETE FROM invoices WHERE order_id IN (SELECT id FROM orders WHERE reference = ?)", (reference,))
        if not voided:
            outbox.add(db, intent)
        db.commit()
    except sqlite3.Error:
        log.exception("Order %s could not be undone (payment voided: %s)", reference, voided)


@routes.get("/orders/<int:order_id>")
def show_order(order_id):
    order = find_order(get_db(), order_id)
    return {"id": order_id, "status": order["status"], "total": order["total"]}


@routes.get("/orders/<int:order_id>/invoice")
def show_invoice(order_id):
    invoice = get_db().execute("SELECT id, total FROM invoices WHERE order_id = ?", (order_id,)).fetchone()
    if invoice is None:
        raise NotFound
    return dict(invoice)


@routes.post("/orders/<int:order_id>/cancel")
def cancel_order(order_id):
    db = get_db()
    order = find_order(db, order_id)
    if order["status"] == "cancelled":  # asked again, as after an answer that was lost
        return {"id": order_id, "status": "cancelled"}
    if order["status"] != "paid":
        raise NotFound
    # First the refund: should saving fail, the order is still paid, and cancelling again is safe.
    payments.refund(order["intent"])
    db.execute("UPDATE products SET stock = stock + ? WHERE id = ?", (order["quantity"], order["product"]))
    db.execute("UPDATE orders SET status = 'cancelled' WHERE id = ?", (order_id,))
    db.commit()
    return {"id": order_id, "status": "cancelled"}


def find_order(db, order_id):
    order = db.execute(
        "SELECT product, quantity, total, status, intent FROM orders WHERE id = ?", (order_id,)
    ).fetchone()
    if order is None:
        raise NotFound
    return order
