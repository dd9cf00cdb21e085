from contextlib import asynccontextmanager
import asyncio

import aiosqlite
from fastapi import FastAPI, Request


class Outbox:
    def __init__(self, db):
        self.db = db

    async def remove(self, number):
        await self.db.execute("DELETE FROM orders WHERE id = ?", (number,))

    async def remove_all(self, numbers):
        await self.db.executemany("DELETE FROM orders WHERE id = ?", [(number,) for number in numbers])


def create_app(path):
    @asynccontextmanager
    async def lifespan(app):
        async with aiosqlite.connect(path) as db:
            app.state.db = db
            yield

    app = FastAPI(lifespan=lifespan)

    @app.post("/sent")
    async def sent(request: Request, numbers: list[int]):
        box = Outbox(request.app.state.db)
        await box.remove_all(numbers)
        await request.app.state.db.commit()
        return len(numbers)

    return app
