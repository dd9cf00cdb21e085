"""Lost property of a railway: what was found in which train, and who fetched it."""
import logging
import secrets
import sqlite3

log = logging.getLogger("lost.property")
SCHEMA = """
CREATE TABLE items (tag TEXT PRIMARY KEY, train TEXT NOT NULL, what TEXT NOT NULL, fetched_by TEXT);
CREATE TABLE shelves (tag TEXT PRIMARY KEY, shelf INTEGER NOT NULL);
"""


class RegisterDown(Exception):
    pass


class Transaction:
    """A connection for one piece of work: committed at the end, rolled back when something went wrong."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.conn = sqlite3.connect(self.path, timeout=5)
        return self.conn

    def __exit__(self, exc_type, exc, tb):
        try:
            if exc_type is None:
                self.conn.commit()
                return False
            return self._undo(exc)
        finally:
            self.conn.close()

    def _undo(self, exc):
        self.conn.rollback()
        log.warning("rolled back after %s", type(exc).__name__)
        return isinstance(exc, sqlite3.Error)


class Register:
    def __init__(self, path):
        self.path = path

    def found(self, train, what, shelf):
        tag = secrets.token_hex(4)
        try:
            with Transaction(self.path) as conn:
                conn.execute("INSERT INTO items (tag, train, what) VALUES (?, ?, ?)", (tag, train, what))
                conn.execute("INSERT INTO shelves (tag, shelf) VALUES (?, ?)", (tag, shelf))
        except sqlite3.Error as exc:
            raise RegisterDown("the item was not registered") from exc
        return {"tag": tag, "shelf": shelf}

    def fetched(self, tag, by):
        try:
            with Transaction(self.path) as conn:
                conn.execute("UPDATE items SET fetched_by = ? WHERE tag = ? AND fetched_by IS NULL", (by, tag))
                conn.execute("DELETE FROM shelves WHERE tag = ?", (tag,))
        except sqlite3.Error as exc:
            raise RegisterDown("the item was not handed out") from exc
        return {"tag": tag, "fetched_by": by}
