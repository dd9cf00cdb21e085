"""The payment provider.

Every request carries an idempotency key made of the order's reference, so that it may be
sent again without harm.
"""

import logging

import requests

from .errors import PaymentDeclined, PaymentUnavailable, RefundUnavailable
from .replies import BadReply, read

URL = "https://api.payments.example/v1"
CURRENCY = "EUR"
TIMEOUT = (3, 10)

session = requests.Session()

log = logging.getLogger(__name__)


def charge(reference, amount):
    """Take the money, and say which charge it was.

    Raises:
        PaymentDeclined: The provider said no: nothing was taken.
        PaymentUnavailable: It is not known whether anything was taken. The caller must void the reference.
    """
    try:
        response = session.post(
            f"{URL}/charges",
            json={"reference": reference, "amount": amount, "currency": CURRENCY},
            headers={"Idempotency-Key": f"charge-{reference}"},
            timeout=TIMEOUT,
        )
        if response.status_code == 402:
            log.warning("The payment for %s was declined", reference)
            raise PaymentDeclined
        reply = read(response, id=str, status=str, amount=int, currency=str)
        if (reply["status"], reply["amount"], reply["currency"]) != ("succeeded", amount, CURRENCY):
            raise BadReply("the charge is not final, or not what was asked for")
    except (requests.RequestException, BadReply) as error:
        log.error("Charging %s failed", reference, exc_info=error)
        raise PaymentUnavailable from error
    return reply["id"]


def refund(reference, amount):
    """Give the money of an order back. It may be asked for again: the provider pays once.

    Raises:
        RefundUnavailable: It is not known whether the money was given back.
    """
    try:
        response = session.post(
            f"{URL}/refunds",
            json={"reference": reference, "amount": amount, "currency": CURRENCY},
            headers={"Idempotency-Key": f"refund-{reference}"},
            timeout=TIMEOUT,
        )
        reply = read(response, id=str, status=str)
        if reply["status"] != "succeeded":
            raise BadReply("the refund is not final")
    except (requests.RequestException, BadReply) as error:
        log.error("Refunding %s failed", reference, exc_info=error)
        raise RefundUnavailable from error
