"""Bring the database of people to the version that the application needs."""
import sqlite3
from contextlib import closing

SCRIPT = """
BEGIN IMMEDIATE;
ALTER TABLE people ADD COLUMN phone TEXT;
PRAGMA user_version = 2;
COMMIT;
"""


class MigrationError(Exception):
    pass


def migrate(path):
    try:
        with closing(sqlite3.connect(path)) as conn:
            version = conn.execute("PRAGMA user_version").fetchone()[0]
            if version < 2:
                try:
                    conn.executescript(SCRIPT)
                except sqlite3.OperationalError:
                    pass  # the column is there already
    except sqlite3.Error as exc:
        raise MigrationError("the database was not migrated") from exc
    return f"{path.name} is at version 2"
