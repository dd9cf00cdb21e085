"""Keeps addresses: brings its tables into another form."""

import contextlib
import sqlite3


class ShapeError(Exception):
    pass


def reshape(path):
    try:
        with contextlib.closing(sqlite3.connect(path)) as db:
            with db:
                db.execute("CREATE TABLE addresses (id INTEGER PRIMARY KEY, street TEXT NOT NULL)")
                db.execute("INSERT INTO addresses SELECT id, street FROM customers")
            with db:
                db.execute("UPDATE customers SET street = (SELECT id FROM addresses a WHERE a.id = customers.id)")
    except sqlite3.Error as exc:
        raise ShapeError("the tables could not be changed") from exc
    return True
