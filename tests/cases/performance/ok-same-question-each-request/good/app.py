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

    async def current(db, number):
        async with db.execute("SELECT name FROM customers WHERE id = ?", (number,)) as cursor:
            return (await cursor.fetchone())[0]


    @app.get("/me")
    async def me(request: Request):
        return await current(request.app.state.db, 1)


    @app.get("/me/orders")
    async def mine(request: Request):
        db = request.app.state.db
        name = await current(db, 1)
        rows = await db.execute_fetchall("SELECT id FROM orders WHERE customer_id = ?", (1,))
        return {name: [number for number, in rows]}

    return app
