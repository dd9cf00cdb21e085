from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from .square import PaymentFailed, Square


class Checkout(BaseModel):
    source_id: str = Field(pattern=r"^[A-Za-z0-9:-]{1,60}$")
    cents: int = Field(gt=0, le=1_000_000)


@asynccontextmanager
async def lifespan(app: FastAPI):
    async with httpx.AsyncClient(timeout=httpx.Timeout(10, connect=3)) as http:
        app.state.square = Square(http)
        yield


app = FastAPI(lifespan=lifespan)


@app.exception_handler(PaymentFailed)
async def payment_failed(request: Request, exc: PaymentFailed):
    return JSONResponse({"error": "the payment did not go through"}, status_code=402)


@app.post("/checkout")
async def checkout(order: Checkout, request: Request):
    return {"payment": await request.app.state.square.pay(order.source_id, order.cents)}
