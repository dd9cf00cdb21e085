"""Tells what tables of a database there are, and what somebody noted on each."""

import contextlib
import os
import sqlite3


class Unreadable(Exception):
    pass


def describe():
    try:
        with contextlib.closing(sqlite3.connect(os.environ["SHOP_DB"])) as db:
            names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
            found = {}
            for name in names:
                columns = db.execute("SELECT name FROM pragma_table_info(?)", (name,)).fetchall()
                notes = db.execute("SELECT text FROM notes WHERE tab = ?", (name,)).fetchall()
                found[name] = [column for (column,) in columns], len(notes)
            return found
    except sqlite3.Error as exc:
        raise Unreadable("the database cannot be read") from exc
