import logging
import time

import stripe

stripe.max_network_retries = 0  # we retry ourselves, see pay()
ATTEMPTS = 3

log = logging.getLogger(__name__)


def pay(email, total):
    """Take the money. Stripe is sometimes slow: try again before giving up."""
    for attempt in range(ATTEMPTS):
        try:
            return stripe.PaymentIntent.create(
                amount=total,
                currency="eur",
                payment_method="pm_card_visa",
                confirm=True,
                receipt_email=email,
            )
        except (stripe.APIConnectionError, stripe.APIError):
            log.warning("Stripe did not answer, attempt %d", attempt + 1)
            if attempt == ATTEMPTS - 1:
                raise
            time.sleep(2**attempt)


def refund(intent):
    """Give the money back."""
    try:
        stripe.Refund.create(payment_intent=intent)
    except stripe.StripeError:
        pass  # support refunds by hand
