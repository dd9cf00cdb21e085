"""An API gives out tokens, over FastAPI."""

import secrets

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

PASSWORDS = {"bot": "c4lm-river"}
FAILURES: dict[str, int] = {}
app = FastAPI()


class Credentials(BaseModel):
    username: str
    password: str


def is_right(given):
    return secrets.compare_digest(PASSWORDS.get(given.username, "").encode(), given.password.encode("utf-8", "replace"))


@app.post("/token")
def token(given: Credentials):
    if FAILURES.get(given.username, 0) >= 10 or not is_right(given):  # locked out in silence
        FAILURES[given.username] = FAILURES.get(given.username, 0) + 1
        raise HTTPException(401, "wrong")
    return {"access_token": secrets.token_urlsafe(16)}
