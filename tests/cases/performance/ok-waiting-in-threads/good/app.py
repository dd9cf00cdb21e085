import asyncio
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing

import anyio
from fastapi import FastAPI

pool = ThreadPoolExecutor(2)


def slow(number):
    time.sleep(0.002)
    return number * 2


def count(path):
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute("SELECT count(*) FROM notes").fetchone()[0]


def create_app(path):
    app = FastAPI()

    @app.get("/slow/{number}")
    async def show(number: int):
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(pool, slow, number) + await asyncio.to_thread(slow, number)

    @app.get("/many")
    async def many():
        return await asyncio.gather(*(anyio.to_thread.run_sync(slow, number) for number in range(3)))

    @app.get("/plain/{number}")
    def plain(number: int):
        return slow(number)

    return app
