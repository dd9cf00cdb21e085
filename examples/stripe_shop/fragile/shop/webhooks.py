from flask import Blueprint, request

from .db import get_db

routes = Blueprint("webhooks", __name__)

STATUS = {"payment_intent.succeeded": "paid", "charge.refunded": "refunded"}


@routes.post("/webhooks/stripe")
def stripe_webhook():
    """Stripe tells us what became of a payment."""
    event = request.get_json()
    found = event["data"]["object"]
    if event["type"] in STATUS:
        db = get_db()
        db.execute(
            "UPDATE orders SET status = ? WHERE intent = ?",
            (STATUS[event["type"]], found.get("payment_intent") or found["id"]),
        )
        db.commit()
    return {"received": True}
