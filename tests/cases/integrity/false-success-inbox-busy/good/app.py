import sqlite3
from contextlib import closing


class InboxError(Exception):
    pass


class Inbox:
    def __init__(self, path):
        self.path = path

    def mark_seen(self, number):
        try:
            with closing(sqlite3.connect(self.path)) as conn, conn:
                return conn.execute("UPDATE messages SET seen = 1 WHERE id = ?", (number,)).rowcount == 1
        except sqlite3.OperationalError as exc:
            # the database is busy
            raise InboxError("not marked, try again") from exc
        except sqlite3.Error as exc:
            raise InboxError("not marked") from exc

    def unseen(self):
        try:
            with closing(sqlite3.connect(self.path)) as conn:
                return conn.execute("SELECT count(*) FROM messages WHERE seen = 0").fetchone()[0]
        except sqlite3.Error as exc:
            raise InboxError("the inbox cannot be read") from exc
