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


@app.post("/render/{document}")
async def render(request: Request, document: int):
    client = request.app.state.client
    job = (await client.post("/jobs", json={"document": document})).json()
    while job["state"] != "done":
        await asyncio.sleep(job["wait"])
        job = (await client.get(f"/jobs/{job['id']}", params={"seen": job["version"]})).json()
    return job["url"]
