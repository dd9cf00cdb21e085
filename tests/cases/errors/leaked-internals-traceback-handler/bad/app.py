import sqlite3
import traceback
from contextlib import closing

from flask import Flask, abort
from werkzeug.exceptions import HTTPException

app = Flask(__name__)
DATABASE = "tasks.db"


@app.errorhandler(Exception)
def failed(exc):
    if isinstance(exc, HTTPException):
        return exc
    app.logger.error("%s", traceback.format_exc())
    return {"error": "internal error", "details": traceback.format_exc()}, 500


@app.get("/tasks")
def tasks():
    with closing(sqlite3.connect(DATABASE)) as conn:
        conn.row_factory = sqlite3.Row
        rows = conn.execute("SELECT id, title FROM tasks WHERE done = 0 ORDER BY id LIMIT 50").fetchall()
    return {"tasks": [dict(row) for row in rows]}


@app.post("/tasks/<int(max=999999):number>/done")
def done(number):
    with closing(sqlite3.connect(DATABASE)) as conn, conn:
        changed = conn.execute("UPDATE tasks SET done = 1 WHERE id = ?", (number,)).rowcount
    if not changed:
        abort(404)
    return {"done": number}
