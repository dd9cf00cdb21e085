import contextlib
import logging

import aiohttp
from fastapi import FastAPI, HTTPException

log = logging.getLogger("parcels")
PROVIDER = "https://parcels.example"


@contextlib.asynccontextmanager
async def lifespan(app):
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as app.state.session:
        yield


app = FastAPI(lifespan=lifespan)


@app.post("/parcels", status_code=201)
async def parcel():
    try:
        async with app.state.session.post(f"{PROVIDER}/parcels", json={"to": "Ann"}) as reply:
            reply.raise_for_status()
    except (aiohttp.ClientError, TimeoutError) as exc:
        log.warning("the parcel was not announced", exc_info=True)
        raise HTTPException(503, "try again later") from exc
    return {"announced": True}
