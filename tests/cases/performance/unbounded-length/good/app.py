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
        async with request.app.state.db.execute("SELECT count(*), min(name) FROM customers") as cursor:
            number, first = await cursor.fetchone()
        return {"number": number, "first": first}

    return app
