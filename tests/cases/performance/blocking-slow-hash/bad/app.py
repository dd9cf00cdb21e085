import hashlib
import os

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

app = FastAPI()
SALT = os.urandom(16)


def digest(word):
    return hashlib.pbkdf2_hmac("sha256", word.encode(), SALT, 200_000).hex()


@app.get("/digest/{word}")
async def show(word: str):
    return digest(word)
