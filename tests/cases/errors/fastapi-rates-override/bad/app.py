from decimal import Decimal, InvalidOperation

import httpx
from fastapi import Depends, FastAPI, HTTPException

RATES = "https://rates.example/latest"
app = FastAPI()


async def get_client():
    async with httpx.AsyncClient(timeout=httpx.Timeout(5, connect=2)) as client:
        yield client


async def rate(client, currency):
    reply = await client.get(RATES, params={"base": "EUR"})
    reply.raise_for_status()
    return Decimal(str(reply.json()["rates"][currency]))


@app.get("/convert")
async def convert(amount: Decimal, currency: str, client: httpx.AsyncClient = Depends(get_client)):
    try:
        factor = await rate(client, currency)
    except httpx.HTTPStatusError as exc:
        raise HTTPException(502, "no rates right now") from exc
    return {"amount": str(round(amount * factor, 2))}
