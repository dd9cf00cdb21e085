import json
import logging

from fastapi import FastAPI

app = FastAPI()
log = logging.getLogger(__name__)


@app.get("/search")
async def search(q: str):
    log.warning(json.dumps({"event": "nothing found", "q": q}))
    return {"found": []}
