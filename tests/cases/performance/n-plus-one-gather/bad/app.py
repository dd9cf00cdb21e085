from contextlib import asynccontextmanager
import asyncio

import aiosqlite
from fastapi import FastAPI, Request


async def customer(db, number):
    async with db.execute("SELECT name FROM customers WHERE id = ?", (number,)) as cursor:
        return (await cursor.fetchone())[0]


async def customers(db, numbers):
    marks = ", ".join("?" * len(numbers))
    rows = await db.execute_fetchall(f"SELECT id, name FROM customers WHERE id IN ({marks})", numbers)
    return dict(rows)


def create_app(path):
    @asynccontextmanager
    async def lifespan(app):
        async with aiosqlite.connect(path) as db:
            app.state.db = db
            yield

    app = FastAPI(lifespan=lifespan)

    @app.get("/orders")
    async def orders(request: Request):
        db = request.app.state.db
        found = await db.execute_fetchall("SELECT id, customer_id FROM orders ORDER BY id LIMIT 50")
        names = await asyncio.gather(*(customer(db, number) for _, number in found))
        return [{"id": number, "customer": name} for (number, _), name in zip(found, names)]

    return app
