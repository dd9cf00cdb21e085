"""Tidies the full-text tables of a database, each by itself."""

import contextlib
import sqlite3


class TidyError(Exception):
    pass


def tidy(path):
    try:
        with contextlib.closing(sqlite3.connect(path)) as db:
            for table in ("notes_fts", "tasks_fts"):
                with db:
                    db.execute(f"INSERT INTO [{table}] ([{table}]) VALUES (?)", ("optimize",))
    except sqlite3.Error as exc:
        raise TidyError("the tables could not be tidied") from exc
    return True
