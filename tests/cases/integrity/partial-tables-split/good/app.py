"""Keeps addresses: brings its tables into another form."""

import contextlib
import sqlite3


class ShapeError(Exception):
    pass


def reshape(path):
    try:
        with contextlib.closing(sqlite3.connect(path)) as db:
            for table in ("customers", "suppliers"):
                with db:
                    db.execute("BEGIN")
                    db.execute(f"CREATE TABLE {table}_new (id INTEGER PRIMARY KEY, street TEXT NOT NULL)")
                    db.execute(f"INSERT INTO {table}_new SELECT id, street FROM {table}")
                    db.execute(f"DROP TABLE {table}")
                    db.execute(f"ALTER TABLE {table}_new RENAME TO {table}")
    except sqlite3.Error as exc:
        raise ShapeError("the tables could not be changed") from exc
    return True
