"""Products, sorted as the user likes: an asynchronous repository on aiosqlite."""

import sqlite3
from typing import Annotated

import aiosqlite
from fastapi import Depends, FastAPI, HTTPException
from fastapi.responses import JSONResponse

app = FastAPI()
COLUMNS = ("name", "cents")


@app.exception_handler(sqlite3.Error)
async def not_now(request, exc):
    return JSONResponse({"error": "not now"}, 503)


async def connection():
    raise RuntimeError("no database was configured")
    yield


class Products:
    def __init__(self, conn: Annotated[aiosqlite.Connection, Depends(connection)]):
        self.conn = conn

    async def sorted_by(self, column: str, most: int):
        query = f"SELECT name, cents FROM products ORDER BY {column} LIMIT ?"
        async with self.conn.execute(query, (most,)) as cursor:
            return [{"name": name, "cents": cents} async for name, cents in cursor]


@app.get("/products")
async def products(repository: Annotated[Products, Depends()], sort: str = "name"):
    return await repository.sorted_by(sort, 50)
