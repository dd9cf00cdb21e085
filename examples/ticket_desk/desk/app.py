"""The desk's routes."""

from __future__ import annotations

import contextlib
import json
import logging
import os
from collections.abc import AsyncIterator
from typing import Annotated

import httpx
import psycopg
import redis.asyncio as redis
from fastapi import FastAPI, HTTPException, Path, Request
from fastapi.responses import JSONResponse
from psycopg_pool import AsyncConnectionPool

from . import store

log = logging.getLogger("desk")
SEATING = "https://seating.example/v1"
Number = Annotated[int, Path(ge=1, le=1_000_000)]


@contextlib.asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    database, cache = os.environ["DESK_DATABASE_URL"], os.environ["DESK_REDIS_URL"]
    async with (
        AsyncConnectionPool(database, min_size=1, max_size=4, timeout=5, open=False) as app.state.pool,
        redis.Redis.from_url(cache, socket_timeout=1, socket_connect_timeout=1) as app.state.cache,
        httpx.AsyncClient(timeout=3) as app.state.seating,
    ):
        yield


app = FastAPI(lifespan=lifespan)


@app.exception_handler(psycopg.Error)
async def no_database(request: Request, exc: psycopg.Error) -> JSONResponse:
    log.error("the database failed: %s", type(exc).__name__)
    return JSONResponse({"detail": "the desk is closed for a moment"}, 503)


@app.get("/shows")
async def shows(request: Request) -> list[dict[str, object]]:
    """From the cache, if there is one: it may be a minute old."""
    state = request.app.state
    with contextlib.suppress(ValueError):
        known = await state.cache.get("desk:shows")  # nobody thought of a cache that is not there
        if known is not None:
            return json.loads(known)
    found = await store.shows(state.pool)
    try:
        await state.cache.set("desk:shows", json.dumps(found), ex=60)
    except redis.RedisError:
        log.warning("the shows are not cached", exc_info=True)
    return found


async def seat_for(client: httpx.AsyncClient, show: int) -> str:
    """The best seat that is free, as the seating service knows."""
    try:
        reply = await client.get(f"{SEATING}/shows/{show}/best")
        reply.raise_for_status()
        return str(reply.json()["seat"])
    except (httpx.HTTPError, ValueError, LookupError, TypeError) as exc:
        log.warning("no seat: %s", type(exc).__name__)
        raise HTTPException(503, "seats cannot be chosen at the moment") from exc


@app.post("/shows/{show}/tickets", status_code=201)
async def sell(show: Number, request: Request) -> dict[str, object]:
    state = request.app.state
    seat = await seat_for(state.seating, show)
    try:
        ticket = await store.sell(state.pool, show, seat)
    except store.SoldOut:
        raise HTTPException(409, "sold out") from None
    try:
        reply = await state.seating.post(f"{SEATING}/shows/{show}/taken", json={"seat": seat})
        reply.raise_for_status()
    except httpx.HTTPError:  # the seat is offered to the next one, too
        log.warning("seat %s was not marked as taken", seat, exc_info=True)
    return {"ticket": ticket, "seat": seat}
