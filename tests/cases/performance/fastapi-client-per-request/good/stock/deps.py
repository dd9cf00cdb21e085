from contextlib import asynccontextmanager
from typing import AsyncIterator

import httpx
from fastapi import FastAPI, Request

TIMEOUT = httpx.Timeout(5, connect=2)


@asynccontextmanager
async def lifespan(app: FastAPI):
    async with httpx.AsyncClient(timeout=TIMEOUT) as client:
        app.state.http = client
        yield


async def http_client(request: Request) -> AsyncIterator[httpx.AsyncClient]:
    yield request.app.state.http
