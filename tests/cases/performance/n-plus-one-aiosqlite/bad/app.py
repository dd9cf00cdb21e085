import logging
from contextlib import asynccontextmanager

import aiosqlite
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

log = logging.getLogger(__name__)


def create_app(path):
    @asynccontextmanager
    async def lifespan(app):
        async with aiosqlite.connect(path) as db:
            app.state.db = db
            yield

    app = FastAPI(lifespan=lifespan)

    @app.exception_handler(aiosqlite.Error)
    async def unavailable(request: Request, exc: aiosqlite.Error):
        log.error("the database does not answer: %s", exc)
        return JSONResponse({"error": "not available right now"}, status_code=503)

    @app.get("/orders")
    async def orders(request: Request):
        db = request.app.state.db
        found = []
        for number, customer in await db.execute_fetchall("SELECT id, customer_id FROM orders ORDER BY id LIMIT 50"):
            async with db.execute("SELECT name FROM customers WHERE id = ?", (customer,)) as cursor:
                found.append({"id": number, "customer": (await cursor.fetchone())[0]})
        return found

    return app
