"""A guestbook: one page, the newest entry first."""
import sqlite3
from html import escape

from fastapi import Depends, FastAPI, Form
from fastapi.responses import HTMLResponse, RedirectResponse

app = FastAPI()


def get_db():
    db = sqlite3.connect("guests.db", check_same_thread=False)
    try:
        db.execute("CREATE TABLE IF NOT EXISTS entries (id INTEGER PRIMARY KEY, name TEXT, text TEXT)")
        yield db
    finally:
        db.close()


def entry_html(name, text):
    return f"<article><h2>{escape(name)}</h2><p>{escape(text)}</p></article>"


@app.post("/entries")
def sign(name: str = Form(), text: str = Form(), db=Depends(get_db)):
    with db:
        db.execute("INSERT INTO entries (name, text) VALUES (?, ?)", (name, text))
    return RedirectResponse("/", status_code=303)


@app.get("/", response_class=HTMLResponse)
def book(db=Depends(get_db)):
    rows = db.execute("SELECT name, text FROM entries ORDER BY id DESC").fetchall()
    return "<!doctype html><title>Guests</title>" + "".join(entry_html(name, text) for name, text in rows)
