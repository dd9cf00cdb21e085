"""What Stripe tells us. Anybody can post here: only a signature makes it Stripe's."""

import json
import logging

import stripe
from flask import Blueprint, current_app, request

from .db import get_db
from .errors import BadRequest
from .orders import add_invoice
from .payments import CURRENCY

log = logging.getLogger(__name__)
routes = Blueprint("webhooks", __name__)


@routes.post("/webhooks/stripe")
def stripe_webhook():
    event = read_event()
    about = event["data"]["object"]
    db = get_db()
    # Each may come twice, and in any order: an update that finds nothing to do does no harm.
    if event["type"] == "payment_intent.succeeded":
        paid = db.execute(
            "UPDATE orders SET status = 'paid' WHERE intent = ? AND status = 'pending' AND total = ? AND ? = ?"
            " RETURNING id",
            (about["id"], about["amount_received"], about["currency"], CURRENCY),
        ).fetchall()
        for order in paid:
            add_invoice(db, order["id"])
    elif event["type"] == "charge.refunded" and about["refunded"]:
        db.execute(
            "UPDATE orders SET status = 'refunded' WHERE intent = ? AND status = 'paid'", (about["payment_intent"],)
        )
    db.commit()
    return {"received": True}


def read_event():
    """The event, if Stripe signed it not long ago.

    Raises:
        BadRequest: it is somebody else's, or an old one.
    """
    payload, secret = request.get_data(), current_app.config["STRIPE_WEBHOOK_SECRET"]
    try:
        stripe.WebhookSignature.verify_header(payload, request.headers.get("Stripe-Signature"), secret, tolerance=300)
        return json.loads(payload)
    except (stripe.SignatureVerificationError, ValueError) as error:
        log.warning("A webhook was refused: %s", error)
        raise BadRequest from error
