"""Bookings of a ferry."""
import asyncio
import logging
import uuid

import httpx
from fastapi import Depends, FastAPI, HTTPException

log = logging.getLogger("ferry")
app = FastAPI()


async def get_client():
    async with httpx.AsyncClient(base_url="https://ferry.example", timeout=10) as client:
        yield client


async def book(client, crossing, cars):
    key = str(uuid.uuid4())
    for attempt in range(3):
        try:
            answer = await client.post(
                "/bookings", json={"crossing": crossing, "cars": cars}, headers={"Idempotency-Key": key}
            )
            answer.raise_for_status()
            return answer.json()["booking"]
        except httpx.TransportError:
            log.warning("attempt %d failed", attempt + 1)
            await asyncio.sleep(2**attempt)
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            log.exception("no booking")
            break
    raise HTTPException(502, "the ferry does not answer")


@app.post("/crossings/{crossing}", status_code=201)
async def create(crossing: str, cars: int = 1, client: httpx.AsyncClient = Depends(get_client)):
    return {"booking": await book(client, crossing, cars)}
