from contextlib import asynccontextmanager
import asyncio

import aiosqlite
from fastapi import FastAPI, Request


async def fetch_one(db, sql, *given):
    db.row_factory = aiosqlite.Row
    async with db.execute(sql, given) as cursor:
        return await cursor.fetchone()


def create_app(path):
    @asynccontextmanager
    async def lifespan(app):
        async with aiosqlite.connect(path) as db:
            app.state.db = db
            yield

    app = FastAPI(lifespan=lifespan)

    @app.get("/name/{number}")
    async def name(request: Request, number: int):
        row = await fetch_one(request.app.state.db, """
            -- who is it?
            select distinct customers.name
            from customers where id = ?
        """, number)
        return row["name"]

    return app
