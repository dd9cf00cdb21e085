"""Keeps rows of any shape in tables that it makes as they come, and a list of these tables in one of its own."""

import contextlib
import sqlite3

TYPES = {int: "INTEGER", float: "REAL", str: "TEXT"}


class ShelfError(Exception):
    pass


@contextlib.contextmanager
def opened(path):
    try:
        with contextlib.closing(sqlite3.connect(path)) as db, db:
            db.execute("CREATE TABLE IF NOT EXISTS shelves (label TEXT NOT NULL, fields INTEGER)")
            yield db
    except sqlite3.Error as exc:
        raise ShelfError("the shelves cannot be reached") from exc


def put(path, shelf, row):
    columns = ", ".join(f'"{name}" {TYPES[type(value)]}' for name, value in row.items())
    with opened(path) as db:
        db.execute(f'CREATE TABLE IF NOT EXISTS "{shelf}" ({columns})')
        db.execute(f'INSERT INTO "{shelf}" VALUES ({", ".join("?" * len(row))})', tuple(row.values()))
        if db.execute("SELECT fields FROM shelves WHERE label = ?", (shelf,)).fetchone() is None:
            db.execute("INSERT INTO shelves VALUES (?, ?)", (shelf, len(row)))


def find(path, shelf, column, value):
    with opened(path) as db:
        return db.execute(f'SELECT * FROM "{shelf}" WHERE "{column}" = ? LIMIT 50', (value,)).fetchall()
