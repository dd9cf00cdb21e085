import asyncio
import logging

import httpx
from fastapi import FastAPI

log = logging.getLogger("dashboard")
app = FastAPI()
PARTS = {"weather": "https://weather.example/now", "trains": "https://trains.example/next"}


async def fetch(client, url):
    reply = await client.get(url)
    reply.raise_for_status()
    return reply.json()


@app.get("/dashboard")
async def dashboard():
    async with httpx.AsyncClient(timeout=3) as client:
        results = await asyncio.gather(*(fetch(client, url) for url in PARTS.values()), return_exceptions=True)
    parts = {}
    for name, result in zip(PARTS, results):
        if isinstance(result, Exception):
            log.warning("%s is missing: %r", name, result)
            result = None
        parts[name] = result
    return parts
