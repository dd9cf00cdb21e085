"""Tells what tables of a database there are, and what columns they have."""

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
                indexes = db.execute("SELECT count(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", (name,))
                found[name] = [column for (column,) in columns], indexes.fetchone()[0]
            return found
    except sqlite3.Error as exc:
        raise Unreadable("the database cannot be read") from exc
