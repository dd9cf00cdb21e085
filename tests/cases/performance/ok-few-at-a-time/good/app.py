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


async def pieces(client, limit, article):
    async with limit:
        reply = await client.get(f"/articles/{article}")
    reply.raise_for_status()
    return reply.json()["pieces"]


@app.get("/all")
async def everything(request: Request, articles: str):
    limit = asyncio.Semaphore(2)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(pieces(request.app.state.client, limit, article)) for article in articles.split(",")]
    return [task.result() for task in tasks]


@app.get("/in-order")
async def in_order(request: Request, articles: str):
    limit, found = asyncio.Semaphore(3), 0
    tasks = [asyncio.ensure_future(pieces(request.app.state.client, limit, article)) for article in articles.split(",")]
    for done in asyncio.as_completed(tasks):
        found += await done
    return found
