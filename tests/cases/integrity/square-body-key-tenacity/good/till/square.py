import logging
import uuid

import httpx
from pydantic import BaseModel, ValidationError
from tenacity import AsyncRetrying, before_sleep_log, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

logger = logging.getLogger(__name__)


class PaymentFailed(Exception):
    pass


class Money(BaseModel):
    amount: int
    currency: str


class Payment(BaseModel):
    id: str
    status: str
    amount_money: Money


class PaymentReply(BaseModel):
    payment: Payment


class Square:
    def __init__(self, http: httpx.AsyncClient):
        self.http = http

    async def pay(self, source_id: str, cents: int) -> str:
        body = {"source_id": source_id, "amount_money": {"amount": cents, "currency": "USD"}}
        body["idempotency_key"] = str(uuid.uuid4())
        try:
            async for attempt in AsyncRetrying(
                stop=stop_after_attempt(3),
                wait=wait_exponential_jitter(initial=0.5, max=5),
                retry=retry_if_exception_type(httpx.TransportError),
                before_sleep=before_sleep_log(logger, logging.WARNING),
                reraise=True,
            ):
                with attempt:
                    reply = await self.http.post("https://connect.squareup.com/v2/payments", json=body)
            reply.raise_for_status()
            payment = PaymentReply.model_validate_json(reply.content).payment
        except (httpx.HTTPError, ValidationError) as exc:
            logger.error("payment failed: %s", type(exc).__name__)
            raise PaymentFailed("payment failed") from exc
        if payment.status != "COMPLETED" or payment.amount_money != Money(amount=cents, currency="USD"):
            logger.error("payment %s is not what was asked for", payment.id)
            raise PaymentFailed("payment is not complete")
        return payment.id
