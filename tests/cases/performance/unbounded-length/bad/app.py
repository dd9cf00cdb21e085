from contextlib import asynccontextmanager
import asyncio

import aiosqlite
from fastapi import FastAPI, Request





def create_app(path):
    @asynccontextmanager
    async def lifespan(app):
        async with aiosqlite.connect(path) as db:
            app.state.db = db
            yield

    app = FastAPI(lifespan=lifespan)

    @app.get("/names")
    async def names(request: Request):
        async with request.app.state.db.execute("SELECT id, name FROM customers") as cursor:
            rows = await cursor.fetchall()
        return {"number": len(rows), "first": rows[0][1]}

    return app
