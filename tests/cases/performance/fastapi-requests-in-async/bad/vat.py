"""VAT number check. The tax office's SDK is synchronous, so it runs in a thread."""
import logging
from functools import partial
from typing import Annotated

import anyio.to_thread
import requests
from fastapi import FastAPI, HTTPException, Path

log = logging.getLogger("vat")
app = FastAPI()
session = requests.Session()


def look_up(country, number):
    reply = session.get(f"https://vies.example.eu/rest/{country}/vat/{number}", timeout=(3, 10))
    reply.raise_for_status()
    return reply.json()["valid"] is True


@app.get("/vat/{country}/{number}")
async def check(country: Annotated[str, Path(pattern="^[A-Z]{2}$")], number: Annotated[str, Path(pattern="^[0-9A-Z]{2,12}$")]):
    try:
        valid = look_up(country, number)
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        log.warning("tax office failed: %s", type(exc).__name__)
        raise HTTPException(503, "the tax office does not answer") from exc
    return {"vat": country + number, "valid": valid}
