"""Thin Stripe client: one layer of retries, one key per logical charge."""
import logging
import time
import uuid

import requests

log = logging.getLogger("billing.stripe")
BASE = "https://api.stripe.com/v1"
TRANSIENT = (requests.ConnectionError, requests.Timeout)


class PaymentError(Exception):
    """The charge did not (provably) succeed."""


class StripeClient:
    def __init__(self, secret_key, attempts=3):
        self.session = requests.Session()
        self.session.auth = (secret_key, "")
        self.attempts = attempts

    def charge(self, customer, amount_cents, currency):
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        payload = {"amount": amount_cents, "currency": currency, "customer": customer, "confirm": "true"}
        for attempt in range(1, self.attempts + 1):
            try:
                reply = self.session.post(f"{BASE}/payment_intents", data=payload, headers=headers, timeout=(3, 20))
                break
            except TRANSIENT as exc:
                log.warning("charge attempt %d failed: %s", attempt, type(exc).__name__)
                if attempt == self.attempts:
                    raise PaymentError("payment provider cannot be reached") from exc
                time.sleep(0.5 * 2**attempt)
            except requests.RequestException as exc:
                raise PaymentError("payment provider cannot be reached") from exc
        return self._checked(reply, amount_cents, currency)

    @staticmethod
    def _checked(reply, amount_cents, currency):
        try:
            reply.raise_for_status()
            intent = reply.json()
            ok = (
                intent["status"] == "succeeded"
                and intent["amount_received"] == amount_cents
                and intent["currency"] == currency
            )
            intent_id = intent["id"]
        except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
            log.error("unusable answer of the payment provider: %s", type(exc).__name__)
            raise PaymentError("payment was refused") from exc
        if not ok:
            log.error("payment intent is not final")
            raise PaymentError("payment is not complete")
        return intent_id
