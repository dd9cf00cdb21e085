import logging
import sqlite3

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel

app = FastAPI()
log = logging.getLogger(__name__)


class User(BaseModel):
    name: str


def prepare(path):
    app.state.path = path
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE users (name TEXT PRIMARY KEY)")
    db.close()


@app.exception_handler(sqlite3.OperationalError)
def unavailable(request, exc):
    log.error("database failed", exc_info=exc)
    return JSONResponse({"error": "not available"}, 503)


@app.post("/users", status_code=201)
def register(user: User):
    db = sqlite3.connect(app.state.path)
    try:
        db.execute("INSERT INTO users VALUES (?)", (user.name,))
        db.commit()
    finally:
        db.close()
    return {"name": user.name}
