"""The little that we need of Stripe."""
import logging

import httpx
from pydantic import BaseModel, ValidationError

log = logging.getLogger("nursery.stripe")


class StripeError(Exception):
    pass


class Intent(BaseModel):
    id: str
    status: str
    amount: int
    amount_received: int
    currency: str
    metadata: dict[str, str]


class Stripe:
    def __init__(self, key, base_url="https://api.stripe.com"):
        self.http = httpx.AsyncClient(base_url=base_url, auth=(key, ""), timeout=10)

    async def close(self):
        await self.http.aclose()

    async def intent(self, intent_id):
        try:
            reply = await self.http.get(f"/v1/payment_intents/{intent_id}")
            reply.raise_for_status()
            intent = Intent.model_validate_json(reply.content)
        except (httpx.HTTPError, ValidationError) as exc:
            log.error("payment intent cannot be read: %s", type(exc).__name__)
            raise StripeError("the payment cannot be checked") from exc
        return intent
