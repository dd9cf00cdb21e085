import logging
import sqlite3

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

log = logging.getLogger("todo")
DATABASE = "todo.db"


class NewTask(BaseModel):
    title: str


def get_db():
    conn = sqlite3.connect(DATABASE, check_same_thread=False)
    conn.row_factory = sqlite3.Row
    try:
        yield conn
    finally:
        conn.close()


app = FastAPI(title="todo")


@app.exception_handler(sqlite3.Error)
async def storage_failed(request: Request, exc: sqlite3.Error):
    log.error("%s %s: %s", request.method, request.url.path, exc)
    return JSONResponse({"detail": "the list is not available right now"}, status_code=503)


@app.get("/tasks/{task_id}")
def read_task(task_id: int, db: sqlite3.Connection = Depends(get_db)):
    row = db.execute("SELECT id, title FROM tasks WHERE id = ?", (task_id,)).fetchone()
    if row is None:
        raise HTTPException(404, "no such task")
    return {"id": row["id"], "title": row["title"]}


@app.post("/tasks", status_code=201)
def create_task(task: NewTask, db: sqlite3.Connection = Depends(get_db)):
    cursor = db.execute("INSERT INTO tasks (title) VALUES (?)", (task.title,))
    db.commit()
    return {"id": cursor.lastrowid, "title": task.title}
