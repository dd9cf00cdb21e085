"""Stripe. A payment is made in two steps, so that its id is known before any money moves.

Every request carries a key made of the order's reference: it may be sent again without harm, by the SDK or by us.
"""

import logging

import stripe

from .errors import PaymentDeclined, PaymentUnavailable, RefundUnavailable

CURRENCY = "eur"
#: What the SDK raises: its own errors, and for replies that make no sense whatever comes.
FAILED = (stripe.StripeError, AttributeError, TypeError, ValueError)

log = logging.getLogger(__name__)


def prepare(reference, email, total):
    """Announce a payment, and give its id. Nothing is taken yet."""
    try:
        intent = stripe.PaymentIntent.create(
            amount=total,
            currency=CURRENCY,
            payment_method="pm_card_visa",
            receipt_email=email,
            metadata={"order": reference},
            idempotency_key=f"prepare-{reference}",
        )
        if not isinstance(intent.id, str):
            raise ValueError("a payment without an id")
        return intent.id
    except FAILED as error:
        log.error("The payment of %s could not be prepared", reference, exc_info=error)
        raise PaymentUnavailable from error


def take(reference, intent, total):
    """Take the money. True if it is there, False if Stripe does not know yet: a webhook will tell.

    Raises:
        PaymentDeclined: nothing was taken.
        PaymentUnavailable: it is not known whether anything was taken. The caller must have it voided.
    """
    try:
        found = stripe.PaymentIntent.confirm(intent, idempotency_key=f"take-{reference}")
        if found.id != intent:
            raise ValueError("the reply is about another payment")
        if found.status == "processing":
            return False
        if (found.status, found.amount_received, found.currency) != ("succeeded", total, CURRENCY):
            raise ValueError("the payment is not final, or not what was asked for")
    except stripe.CardError as error:
        log.warning("The payment of %s was declined", reference)
        raise PaymentDeclined from error
    except FAILED as error:
        log.error("It is not known whether %s was paid", reference, exc_info=error)
        raise PaymentUnavailable from error
    return True


def refund(intent):
    """Give the money back. Stripe does it once, however often it is asked."""
    try:
        made = stripe.Refund.create(payment_intent=intent, idempotency_key=f"refund-{intent}")
        if made.status != "succeeded":
            raise ValueError("the refund is not final")
    except FAILED as error:
        log.error("%s could not be refunded", intent, exc_info=error)
        raise RefundUnavailable from error


def void(intent):
    """Whatever became of a payment: afterwards the customer has not paid."""
    try:
        found = stripe.PaymentIntent.retrieve(intent)
        taken = found.status == "succeeded"
        if not taken and found.status != "canceled":
            stripe.PaymentIntent.cancel(intent, idempotency_key=f"cancel-{intent}")
    except FAILED as error:
        log.error("%s could not be voided", intent, exc_info=error)
        raise RefundUnavailable from error
    if taken:
        refund(intent)
