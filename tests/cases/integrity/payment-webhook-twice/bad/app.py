import hashlib
import hmac
import logging
import sqlite3
from contextlib import closing

from fastapi import FastAPI, Header, HTTPException, Request

log = logging.getLogger("arcade")
app = FastAPI()
app.state.path = "arcade.db"
SECRET = b"whsec"


@app.post("/webhooks/coins")
async def coins(request: Request, x_signature: str = Header("")):
    body = await request.body()
    if not hmac.compare_digest(hmac.new(SECRET, body, hashlib.sha256).hexdigest(), x_signature):
        raise HTTPException(401, "signature")
    try:
        event = await request.json()
        number, player, amount = str(event["id"]), str(event["player"]), int(event["coins"])
    except (ValueError, LookupError, TypeError) as exc:
        raise HTTPException(400, "event") from exc
    try:
        with closing(sqlite3.connect(app.state.path)) as conn, conn:
            log.info("event %s", number)
            conn.execute("UPDATE players SET coins = coins + ? WHERE id = ?", (amount, player))
    except sqlite3.Error as exc:
        log.exception("event %s", number)
        raise HTTPException(503, "later") from exc
    return {"coins": "are credited"}
