import logging
import sqlite3
from contextlib import closing

from fastapi import FastAPI, HTTPException

log = logging.getLogger(__name__)


def read(path, number):
    try:
        with closing(sqlite3.connect(path)) as conn:
            return conn.execute("SELECT name FROM customers WHERE id = ?", (number,)).fetchone()[0]
    except sqlite3.Error as exc:
        log.error("no customer: %s", exc)
        raise HTTPException(503, "not available right now") from exc


def create_app(path):
    app = FastAPI()

    @app.get("/customers/{number}")
    async def customer(number: int):
        return read(path, number)

    return app
