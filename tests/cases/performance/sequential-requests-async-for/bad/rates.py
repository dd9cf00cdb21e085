"""Prices of cold storage at several houses of one provider; the house is a query parameter."""
import logging

import httpx
from pydantic import BaseModel, Field, ValidationError

log = logging.getLogger("fish.rates")


class RatesUnavailable(Exception):
    pass


class Offer(BaseModel):
    house: str
    cents: int = Field(ge=0)
    free: int


class Provider:
    def __init__(self, base_url, transport=None):
        self.http = httpx.AsyncClient(base_url=base_url, transport=transport, timeout=5)

    async def close(self):
        await self.http.aclose()

    async def offer(self, house, pallets):
        try:
            reply = await self.http.get("/offers", params={"house": house, "pallets": pallets})
            reply.raise_for_status()
            return Offer.model_validate_json(reply.content)
        except (httpx.HTTPError, ValidationError) as exc:
            log.warning("no offer of %s: %s", house, type(exc).__name__)
            raise RatesUnavailable(house) from exc

    async def offers(self, houses, pallets):
        pending = [self.offer(house, pallets) for house in houses]
        try:
            while pending:
                yield await pending.pop(0)
        finally:
            for waiting in pending:
                waiting.close()
