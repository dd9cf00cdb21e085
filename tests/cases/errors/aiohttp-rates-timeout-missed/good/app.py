import contextlib
import logging

import aiohttp
from fastapi import FastAPI, HTTPException

log = logging.getLogger("prices")
PROVIDER = "https://rates.example"


@contextlib.asynccontextmanager
async def lifespan(app):
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as app.state.session:
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/price")
async def price():
    try:
        async with app.state.session.get(f"{PROVIDER}/latest") as reply:
            reply.raise_for_status()
            return {"eur": (await reply.json())["eur"]}
    except (aiohttp.ClientError, TimeoutError, ValueError, LookupError, TypeError) as exc:
        log.warning("no rates", exc_info=True)
        raise HTTPException(503, "no rates right now") from exc
