import logging
import sqlite3
from contextlib import closing

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

log = logging.getLogger(__name__)
app = FastAPI()
app.state.path = "tasks.db"


def connect():
    conn = sqlite3.connect(app.state.path)
    conn.execute("CREATE TABLE IF NOT EXISTS tasks (title TEXT)")
    return conn


@app.exception_handler(sqlite3.Error)
def database_down(request: Request, exc: sqlite3.Error):
    log.error("tasks: %s", exc)
    return JSONResponse({"error": "no tasks right now"}, 503)


@app.post("/tasks/{title}", status_code=201)
def add(title: str):
    with closing(connect()) as conn, conn:
        conn.execute("INSERT INTO tasks VALUES (?)", (title,))
        return {"tasks": conn.execute("SELECT count(*) FROM tasks").fetchone()[0]}
