"""Sign-up, whose handler of broken requests writes them down."""

import hashlib
import logging
import os

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

log = logging.getLogger("api")
app = FastAPI()
PEOPLE = {}


class Refused(Exception):
    def __init__(self, why, form):
        super().__init__(why)
        self.why, self.form = why, form


class SignUp(BaseModel):
    mail: str = Field(max_length=100)
    password: str = Field(min_length=8, max_length=100)


@app.exception_handler(Refused)
async def refused(request, exc):
    log.warning("%s: %r", exc.why, exc.form.mail)
    return JSONResponse({"error": exc.why}, 409)


@app.post("/people", status_code=201)
def sign_up(form: SignUp):
    if form.mail in PEOPLE:
        raise Refused("that address is taken", form)
    salt = os.urandom(16)
    PEOPLE[form.mail] = salt + hashlib.scrypt(form.password.encode(), salt=salt, n=2**10, r=8, p=1)
    return {"mail": form.mail}
