import logging

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

log = logging.getLogger(__name__)
app = FastAPI()
API = "https://api.stock.example"


class Unavailable(Exception):
    """The stock is not known."""


@app.exception_handler(Unavailable)
async def unavailable(request: Request, exc: Unavailable):
    return JSONResponse({"error": "the stock is not known right now"}, status_code=503)


async def stock(article):
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            reply = await client.get(f"{API}/articles/{article}")
        reply.raise_for_status()
        return reply.json()
    except (httpx.HTTPError, ValueError) as exc:
        log.error("no stock: %s", exc)
        raise Unavailable from exc


@app.get("/stock")
async def stocks(articles: str):
    return await stock(articles)
