import logging
import sqlite3
import threading

from flask import Flask

app = Flask(__name__)
log = logging.getLogger(__name__)
lock = threading.Lock()
db = sqlite3.connect(":memory:", check_same_thread=False)
db.execute("CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER)")
db.execute("INSERT INTO counters VALUES ('tickets', 0)")
db.commit()


@app.errorhandler(sqlite3.Error)
def unavailable(error):
    db.rollback()
    log.error("database failed", exc_info=error)
    return {"error": "not available"}, 503


@app.post("/tickets")
def next_ticket():
    lock.acquire()
    db.execute("UPDATE counters SET value = value + 1 WHERE name = 'tickets'")
    number = db.execute("SELECT value FROM counters WHERE name = 'tickets'").fetchone()[0]
    db.commit()
    lock.release()
    return {"number": number}
