"""Link shortener on aiosqlite."""
import logging
import re
import sqlite3
from contextlib import asynccontextmanager

import aiosqlite
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

log = logging.getLogger("shortener")
SLUG = re.compile(r"[a-z0-9]{3,12}")


class Link(BaseModel):
    slug: str = Field(pattern="^[a-z0-9]{3,12}$")
    path: str = Field(pattern="^/[a-z0-9/]{0,100}$")


def create_app(database):
    @asynccontextmanager
    async def lifespan(app):
        async with aiosqlite.connect(database) as db:
            await db.execute("CREATE TABLE IF NOT EXISTS links (slug TEXT PRIMARY KEY, path TEXT NOT NULL)")
            await db.commit()
        yield

    app = FastAPI(lifespan=lifespan)

    @app.exception_handler(sqlite3.Error)
    async def database_error(request: Request, exc: sqlite3.Error):
        log.error("database failed", exc_info=exc)
        return JSONResponse({"error": "try again later"}, status_code=503)

    @app.put("/links")
    async def put(link: Link):
        db = await aiosqlite.connect(database)
        try:
            await db.execute("INSERT INTO links (slug, path) VALUES (?, ?) ON CONFLICT (slug) DO UPDATE SET path = excluded.path",
                             (link.slug, link.path))
            await db.commit()
        finally:
            await db.close()
        return {"slug": link.slug}

    @app.get("/links/{slug}")
    async def get(slug: str):
        if not SLUG.fullmatch(slug):
            raise HTTPException(404, "no such link")
        async with aiosqlite.connect(database) as db:
            async with db.execute("SELECT path FROM links WHERE slug = ?", (slug,)) as cursor:
                row = await cursor.fetchone()
        if row is None:
            raise HTTPException(404, "no such link")
        return {"slug": slug, "path": row[0]}

    return app
