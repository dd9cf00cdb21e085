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


class Stock:
    def __init__(self, client):
        self.client = client

    async def of(self, article):
        reply = await self.client.get("/stock", params={"article": article})
        reply.raise_for_status()
        return reply.json()["pieces"]


@app.get("/basket")
async def basket(request: Request, articles: str):
    stock = Stock(request.app.state.client)
    return {article: await stock.of(article) for article in articles.split(",")}
