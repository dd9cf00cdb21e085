import logging
from decimal import Decimal, InvalidOperation

import httpx

logger = logging.getLogger(__name__)
FINAL = {"paid"}


class MollieError(Exception):
    pass


class Mollie:
    def __init__(self, key, transport=None):
        self.http = httpx.Client(base_url="https://api.mollie.com/v2", timeout=10, transport=transport,
                                 headers={"Authorization": f"Bearer {key}"})

    def is_paid(self, payment_id, amount, currency="EUR"):
        try:
            reply = self.http.get(f"/payments/{payment_id}")
            reply.raise_for_status()
            payment = reply.json()
            status = payment["status"]
            got = Decimal(payment["amount"]["value"]), payment["amount"]["currency"]
        except (httpx.HTTPError, ValueError, KeyError, TypeError, InvalidOperation) as exc:
            logger.warning("mollie failed: %s", type(exc).__name__)
            raise MollieError("payment state is unknown") from exc
        if status in FINAL and got != (amount, currency):
            logger.error("payment %s has another amount", payment_id)
            return False
        return status in FINAL
