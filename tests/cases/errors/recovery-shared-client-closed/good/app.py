import logging

import httpx
from fastapi import FastAPI
from fastapi.responses import JSONResponse

app = FastAPI()
log = logging.getLogger(__name__)
client = httpx.AsyncClient(base_url="https://stock.example", timeout=5)


@app.get("/stock/{sku}")
async def stock(sku: str):
    try:
        response = await client.get(f"/items/{sku}")
        response.raise_for_status()
        left = response.json().get("left")
    except (httpx.HTTPError, ValueError, AttributeError) as exc:
        log.warning("stock service failed: %s", type(exc).__name__)
        return JSONResponse({"error": "stock is not known right now"}, 503)
    return {"sku": sku, "left": left}
