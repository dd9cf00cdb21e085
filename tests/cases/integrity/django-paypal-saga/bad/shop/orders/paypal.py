import logging

import requests

logger = logging.getLogger(__name__)
BASE = "https://api-m.paypal.com/v2/checkout/orders"
session = requests.Session()


class NotPaid(Exception):
    pass


def capture(paypal_order, reference, amount):
    """Take the money that the buyer has approved."""
    try:
        reply = session.post(f"{BASE}/{paypal_order}/capture", json={}, timeout=(3, 20),
                             headers={"PayPal-Request-Id": str(reference)})
        reply.raise_for_status()
        body = reply.json()
        got = body["purchase_units"][0]["payments"]["captures"][0]["amount"]
        paid = body["status"] == "COMPLETED" and got == {"value": str(amount), "currency_code": "EUR"}
    except (requests.RequestException, ValueError, LookupError, TypeError) as exc:
        logger.error("capture of %s failed: %s", reference, type(exc).__name__)
        raise NotPaid from exc
    if not paid:
        logger.error("capture of %s is not complete", reference)
        raise NotPaid


def void(paypal_order, reference):
    try:
        session.post(f"{BASE}/{paypal_order}/void", json={}, timeout=(3, 20),
                     headers={"PayPal-Request-Id": f"{reference}-void"}).raise_for_status()
    except requests.RequestException:
        logger.critical("order %s: the money must be sent back by hand", reference, exc_info=True)
