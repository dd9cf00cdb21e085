import json
import logging
import os
from pathlib import Path

from fastapi import FastAPI
from fastapi import Path as InPath

log = logging.getLogger("primes")
app = FastAPI()
FOLDER = Path(os.environ.get("CACHE", "cache"))


def found(limit):
    return [n for n in range(2, limit) if all(n % d for d in range(2, n))]


@app.get("/primes/{limit}")
def primes(limit: int = InPath(ge=0, le=200)):
    path = FOLDER / f"{limit}.json"
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        log.info("not in the cache")
    answer = found(limit)
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(answer))
    except OSError:
        log.warning("it will be computed again", exc_info=True)
    return answer
