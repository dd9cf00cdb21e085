"""Doors of an office: the lock changes first, the audit trail follows as well as it can."""
import logging
import sqlite3

from fastapi import FastAPI, HTTPException

log = logging.getLogger("doors")
app = FastAPI()
app.state.path = "doors.db"


def set_lock(conn, door, closed):
    with conn:
        return conn.execute("UPDATE doors SET closed = ? WHERE name = ?", (closed, door)).rowcount


def audit(conn, door, closed):
    try:
        with conn:
            conn.execute("INSERT INTO audit_trail (door, closed) VALUES (?, ?)", (door, closed))
    except sqlite3.Error:
        log.error("door %s: no entry in the audit trail", door, exc_info=True)
        return False
    return True


@app.put("/doors/{door}")
def lock(door: str, closed: bool):
    try:
        conn = sqlite3.connect(app.state.path)
        try:
            if not set_lock(conn, door, closed):
                raise HTTPException(404, "no such door")
            return {"door": door, "closed": closed, "audited": audit(conn, door, closed)}
        finally:
            conn.close()
    except sqlite3.Error:
        log.exception("door %s", door)
        raise HTTPException(503, "the door did not move") from None
