import logging
import os
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request

log = logging.getLogger("avatars")
app = FastAPI()
FOLDER = Path(os.environ.get("AVATARS", "avatars"))


@app.put("/avatars/{number}", status_code=201)
async def put(number: int, request: Request):
    data = await request.body()
    try:
        (FOLDER / f"{number}.png").write_bytes(data)
    except OSError as exc:
        log.exception("avatar %d was not stored", number)
        raise HTTPException(507, "there is no room for it at the moment") from exc
    return {"bytes": len(data)}
