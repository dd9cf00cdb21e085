import logging
from typing import Annotated

import httpx
from fastapi import Depends, FastAPI, HTTPException, Path

from .deps import http_client, lifespan

log = logging.getLogger("stock")
app = FastAPI(lifespan=lifespan)


@app.get("/stock/{sku}")
async def stock(sku: Annotated[str, Path(pattern="^[a-z0-9]{1,12}$")],
                http: Annotated[httpx.AsyncClient, Depends(http_client)]):
    try:
        reply = await http.get(f"https://wms.example.com/stock/{sku}")
        reply.raise_for_status()
        pieces = int(reply.json()["pieces"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
        log.warning("warehouse failed: %s", type(exc).__name__)
        raise HTTPException(503, "stock is unknown right now") from exc
    return {"sku": sku, "available": pieces > 0}
