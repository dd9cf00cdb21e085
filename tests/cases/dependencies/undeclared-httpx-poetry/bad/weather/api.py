"""The weather of a town, from an open service."""
import logging

import httpx
from fastapi import FastAPI, HTTPException

log = logging.getLogger(__name__)
app = FastAPI()


async def fetch(town):
    async with httpx.AsyncClient(timeout=5) as client:
        reply = await client.get("https://weather.example/now", params={"town": town})
    reply.raise_for_status()
    return reply.json()["celsius"]


@app.get("/weather/{town}")
async def weather(town: str):
    try:
        return {"town": town, "celsius": float(await fetch(town))}
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
        log.warning("no weather for %s: %s", town, type(exc).__name__)
        raise HTTPException(503, "the weather is not available right now") from exc
