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
        results = await asyncio.gather(*(fetch(client, url) for url in PARTS.values()))
    parts = {}
    for name, result in zip(PARTS, results):
        parts[name] = result
    return parts
