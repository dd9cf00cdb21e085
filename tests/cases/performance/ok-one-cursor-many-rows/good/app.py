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

    @app.get("/orders/{customer}")
    async def orders(request: Request, customer: int):
        total = 0
        sql = "SELECT o.total, c.name FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.id = ?"
        async with request.app.state.db.execute(sql, (customer,)) as cursor:
            while rows := await cursor.fetchmany(1):
                for amount, _ in rows:
                    total += amount
        return total

    return app
