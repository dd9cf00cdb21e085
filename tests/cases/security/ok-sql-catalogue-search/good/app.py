"""Search in a catalogue: LIKE with an escape, a list of placeholders, an order that is looked up."""

import sqlite3
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi.responses import JSONResponse

app = FastAPI()
ORDERS = {"title": "title", "newest": "year DESC", "oldest": "year"}


@app.exception_handler(sqlite3.Error)
def not_now(request, exc):
    return JSONResponse({"error": "not now"}, 503)


def get_conn():
    raise RuntimeError("no database was configured")


def escaped(text):
    for char in "\\%_":
        text = text.replace(char, "\\" + char)
    return text


class Catalogue:
    def __init__(self, conn: Annotated[sqlite3.Connection, Depends(get_conn)]):
        self.conn = conn

    def search(self, words, genres, order, page):
        where, values = ["title LIKE ? ESCAPE '\\'"], [f"%{escaped(words)}%"]
        if genres:
            where.append(f"genre IN ({', '.join('?' * len(genres))})")
            values += genres
        sql = f"SELECT title FROM books WHERE {' AND '.join(where)} ORDER BY {ORDERS[order]} LIMIT 20 OFFSET ?"
        return [title for (title,) in self.conn.execute(sql, [*values, 20 * page])]


@app.get("/books")
def books(
    catalogue: Annotated[Catalogue, Depends()],
    words: Annotated[str, Query(max_length=100)] = "",
    genre: Annotated[list[str] | None, Query()] = None,
    order: str = "title",
    page: Annotated[int, Query(ge=0, le=10_000)] = 0,
):
    if order not in ORDERS:
        raise HTTPException(422, "one of " + ", ".join(ORDERS))
    return catalogue.search(words, genre or [], order, page)
