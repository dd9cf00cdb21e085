"""Brings the database of a price list up to date, version by version."""

import contextlib
import sqlite3


class MigrationError(Exception):
    pass


def version(db):
    return db.execute("PRAGMA user_version").fetchone()[0]


def step(db, to, statement):
    with db:
        db.execute(statement)
        db.execute(f"PRAGMA user_version = {to}")


def migrate(path):
    try:
        with contextlib.closing(sqlite3.connect(path)) as db:
            if version(db) < 1:
                step(db, 1, "UPDATE prices SET currency = 'EUR'")
            if version(db) < 2:
                step(db, 2, "UPDATE prices SET cents = cents * 100")
            return version(db)
    except sqlite3.Error as exc:
        raise MigrationError("the price list is of an older version") from exc
