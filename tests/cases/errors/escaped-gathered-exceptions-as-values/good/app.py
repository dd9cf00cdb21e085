import asyncio
import logging
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, HTTPException, Request

from stations import Reading, fetch

log = logging.getLogger("wind")
TAKE_OFFS = {"kandel": ("KA1", "KA2"), "brauneck": ("BR1", "BR2", "BR3")}


@asynccontextmanager
async def lifespan(app):
    async with httpx.AsyncClient(timeout=4) as http:
        app.state.http = http
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/takeoffs/{name}")
async def conditions(name: str, request: Request):
    stations = TAKE_OFFS.get(name)
    if stations is None:
        raise HTTPException(404, "no such take-off")
    # one dead station must not hide the others
    results = await asyncio.gather(*(fetch(request.app.state.http, s) for s in stations), return_exceptions=True)
    readings = [r for r in results if isinstance(r, Reading)]
    if len(readings) < len(results):
        log.warning("%d of %d stations gave nothing", len(results) - len(readings), len(results))
    if not readings:
        raise HTTPException(503, "no station answers")
    gust = max(r.gust for r in readings)
    return {
        "takeoff": name,
        "wind_kmh": round(sum(r.wind for r in readings) / len(readings), 1),
        "gust_kmh": gust,
        "flyable": gust < 35,
        "missing": len(stations) - len(readings),
    }
