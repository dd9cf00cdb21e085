import logging
import sqlite3

import aiosqlite
from fastapi import FastAPI, HTTPException, Request

log = logging.getLogger("catalogue")
app = FastAPI()
app.state.database = "catalogue.db"


class CatalogueError(Exception):
    """The catalogue could not be asked."""


async def find(database, sku):
    try:
        async with aiosqlite.connect(database) as db:
            async with db.execute("SELECT name, stock FROM items WHERE sku = ?", (sku,)) as cursor:
                return await cursor.fetchone()
    except sqlite3.Error as exc:
        raise CatalogueError(sku) from exc


@app.get("/items/{sku}")
async def item(sku: str, request: Request):
    try:
        row = await find(request.app.state.database, sku)
    except CatalogueError:
        log.exception("catalogue")
        raise HTTPException(503, detail="the catalogue is closed") from None
    if row is None:
        raise HTTPException(404)
    return {"name": row[0], "stock": row[1]}
