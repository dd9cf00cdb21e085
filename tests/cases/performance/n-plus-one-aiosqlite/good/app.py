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
        rows = await db.execute_fetchall(
            "SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY o.id LIMIT 50"
        )
        return [{"id": number, "customer": name} for number, name in rows]

    return app
