"""An API with bearer tokens, signed as JWT are: the algorithm is ours, the expiry is looked at. A list of origins."""

import base64
import hashlib
import hmac
import json
import time
from typing import Annotated

from fastapi import Depends, FastAPI, Form, Header, HTTPException
from fastapi.middleware.cors import CORSMiddleware

KEY = b"kept in the environment, in production"
app = FastAPI()
app.add_middleware(
    CORSMiddleware, allow_origins=["https://app.example.org"], allow_credentials=True, allow_methods=["*"]
)
NOTES = {"ada": ["first note"]}


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def signature(text):
    return hmac.new(KEY, text.encode(), hashlib.sha256).digest()


def issue(user, seconds=3600):
    head = encoded(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    claims = encoded(json.dumps({"sub": user, "exp": int(time.time()) + seconds}).encode())
    return f"{head}.{claims}.{encoded(signature(f'{head}.{claims}'))}"


def user(authorization: Annotated[str, Header()] = ""):
    refused = HTTPException(401, "who are you?", {"WWW-Authenticate": "Bearer"})
    scheme, _, token = authorization.partition(" ")
    try:
        head, claims, signed = token.split(".")
        if scheme != "Bearer" or not hmac.compare_digest(decoded(signed), signature(f"{head}.{claims}")):
            raise refused
        found = json.loads(decoded(claims))
        if json.loads(decoded(head))["alg"] != "HS256" or found["exp"] < time.time():
            raise refused
        return found["sub"]
    except (ValueError, KeyError, TypeError):
        raise refused from None


@app.get("/notes")
def notes(name: Annotated[str, Depends(user)]):
    return NOTES.get(name, [])


@app.post("/notes", status_code=201)
def add(name: Annotated[str, Depends(user)], text: Annotated[str, Form(max_length=200)]):
    NOTES.setdefault(name, []).append(text)
    return {"count": len(NOTES[name])}
