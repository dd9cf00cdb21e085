import sqlite3
from contextlib import asynccontextmanager

from fastapi import FastAPI, HTTPException


def create_app(path):
    @asynccontextmanager
    async def lifespan(app):
        conn = sqlite3.connect(path)
        app.state.countries = dict(conn.execute("SELECT code, name FROM countries"))
        conn.close()
        yield

    app = FastAPI(lifespan=lifespan)

    @app.get("/countries/{code}")
    async def country(code: str):
        if code not in app.state.countries:
            raise HTTPException(404)
        return app.state.countries[code]

    return app
