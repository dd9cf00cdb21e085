import asyncio
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, HTTPException, Request

API = "https://api.stock.example"


@asynccontextmanager
async def lifespan(app):
    async with httpx.AsyncClient(base_url=API, timeout=5) as client:
        app.state.client = client
        yield


app = FastAPI(lifespan=lifespan)


MIRRORS = ("one", "two", "three", "four")


@app.get("/file/{name}")
async def file(request: Request, name: str):
    """The first mirror that has it: where one has it the others are not asked."""
    for mirror in MIRRORS:
        try:
            reply = await request.app.state.client.get(f"https://{mirror}.mirrors.example/{name}")
        except httpx.TransportError:
            continue
        if reply.status_code == 200:
            return reply.text
    raise HTTPException(404)
