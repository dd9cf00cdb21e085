import json
import logging
import sqlite3

log = logging.getLogger("counter")
DATABASE = "counter.db"


def bump(page):
    conn = sqlite3.connect(DATABASE)
    try:
        with conn:
            conn.execute("INSERT INTO hits VALUES (?, 1) ON CONFLICT (page) DO UPDATE SET n = n + 1", (page,))
        return conn.execute("SELECT n FROM hits WHERE page = ?", (page,)).fetchone()[0]
    finally:
        conn.close()


async def answer(send, status, data):
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": json.dumps(data).encode()})


async def application(scope, receive, send):
    assert scope["type"] == "http"
    if not scope["path"].startswith("/hits/"):
        await answer(send, 404, {"error": "not found"})
        return
    try:
        hits = bump(scope["path"].removeprefix("/hits/"))
    except sqlite3.Error:
        log.exception("not counted")
        await answer(send, 503, {"error": "not counted"})
        return
    await answer(send, 200, {"hits": hits})
