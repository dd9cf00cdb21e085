import logging
import sqlite3

import aiosqlite
from fastapi import FastAPI, HTTPException, Request

log = logging.getLogger("wallet")
app = FastAPI()
app.state.database = "wallet.db"


async def move(database, source, target, cents):
    async with aiosqlite.connect(database) as db:
        await db.execute("UPDATE wallets SET cents = cents - ? WHERE name = ?", (cents, source))
        await db.execute("UPDATE wallets SET cents = cents + ? WHERE name = ?", (cents, target))
        await db.commit()


@app.post("/transfer")
async def transfer(source: str, target: str, cents: int, request: Request):
    try:
        await move(request.app.state.database, source, target, cents)
    except sqlite3.Error:
        log.exception("transfer of %s cents", cents)
        raise HTTPException(503, "nothing was moved") from None
    return {"moved": cents}
