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
    (FOLDER / f"{number}.png").write_bytes(data)
    return {"bytes": len(data)}
