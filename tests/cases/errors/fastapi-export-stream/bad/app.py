import csv
import io
import itertools
import logging
import sqlite3

from fastapi import FastAPI, HTTPException
from fastapi.responses import StreamingResponse

log = logging.getLogger("export")
app = FastAPI()
DATABASE = "readings.db"


def readings():
    conn = sqlite3.connect(DATABASE, check_same_thread=False)
    try:
        yield from conn.execute("SELECT at, value FROM readings ORDER BY at")
    finally:
        conn.close()


def as_csv(rows):
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue()


@app.get("/readings.csv")
def export():
    try:
        rows = readings()
    except sqlite3.Error:
        log.exception("no export")
        raise HTTPException(503, "no export right now") from None
    return StreamingResponse(as_csv(itertools.chain([("at", "value")], rows)), media_type="text/csv")
