import logging
from typing import Annotated

import redis
from fastapi import Depends, FastAPI, HTTPException, Path
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from .cache import JsonCache
from .deps import get_redis, get_session
from .models import Product

logger = logging.getLogger(__name__)
app = FastAPI()


@app.exception_handler(SQLAlchemyError)
def database_error(request, exc):
    logger.error("database failed", exc_info=exc)
    return JSONResponse({"detail": "temporarily unavailable"}, 503)


def get_cache(client: Annotated[redis.Redis, Depends(get_redis)]) -> JsonCache:
    return JsonCache(client)


def usable(entry):
    return isinstance(entry, dict) and entry.keys() == {"sku", "name", "price_cents"}


@app.get("/products/{sku}")
def product(
    sku: Annotated[str, Path(pattern=r"^[A-Z0-9-]{1,20}$")],
    session: Annotated[Session, Depends(get_session)],
    cache: Annotated[JsonCache, Depends(get_cache)],
):
    entry = cache.load(f"product:{sku}")
    if usable(entry):
        return entry
    row = session.get(Product, sku)
    if row is None:
        raise HTTPException(404, "no such product")
    entry = {"sku": row.sku, "name": row.name, "price_cents": row.price_cents}
    cache.save(f"product:{sku}", entry)
    return entry
