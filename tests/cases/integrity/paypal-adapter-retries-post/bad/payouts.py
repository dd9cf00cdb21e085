"""Payouts to sellers with PayPal. The batch id is ours, so a payout is made once whatever the network does."""
import logging
from decimal import Decimal

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

log = logging.getLogger("payouts")


class PayoutError(Exception):
    pass


class PayPal:
    def __init__(self, token):
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"
        retry = Retry(total=2, backoff_factor=1, status_forcelist=(503,), allowed_methods={"GET", "POST"})
        self.session.mount("https://", HTTPAdapter(max_retries=retry))

    def pay_out(self, batch, email, amount: Decimal):
        headers = {"Prefer": "return=representation"}
        body = {"items": [{"recipient_type": "EMAIL", "receiver": email, "amount": {"value": str(amount), "currency": "EUR"}}]}
        try:
            reply = self.session.post("https://api-m.paypal.com/v1/payments/payouts", json=body, headers=headers, timeout=15)
            reply.raise_for_status()
            header = reply.json()["batch_header"]
            if header["batch_status"] not in ("PENDING", "PROCESSING", "SUCCESS"):
                raise PayoutError("the payout was denied")
            return str(header["payout_batch_id"])
        except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
            log.error("payout %s failed: %s", batch, type(exc).__name__)
            raise PayoutError("the payout failed") from exc
