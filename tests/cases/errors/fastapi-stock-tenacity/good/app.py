import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from tenacity import AsyncRetrying, RetryError, retry_if_exception_type, stop_after_attempt, wait_exponential

app = FastAPI()
WAREHOUSE = "https://warehouse.example/stock"


@app.exception_handler(RetryError)
async def gave_up(request: Request, exc: RetryError):
    return JSONResponse({"detail": "the warehouse does not answer"}, status_code=503)


async def stock(sku):
    async for attempt in AsyncRetrying(
        stop=stop_after_attempt(3),
        wait=wait_exponential(max=10),
        retry=retry_if_exception_type((httpx.HTTPError, ValueError, KeyError, TypeError)),
    ):
        with attempt:
            async with httpx.AsyncClient(timeout=4) as client:
                reply = await client.get(f"{WAREHOUSE}/{sku}")
            reply.raise_for_status()
            return int(reply.json()["count"])


@app.get("/stock/{sku}")
async def show(sku: str):
    return {"sku": sku, "count": await stock(sku)}
