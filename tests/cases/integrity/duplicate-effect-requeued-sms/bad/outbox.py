"""Messages to the parents of absent pupils wait in a table."""
import logging
import sqlite3

log = logging.getLogger("school.outbox")
SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY, phone TEXT NOT NULL, text TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued', attempts INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS messages_due ON messages (state, attempts);
"""


class OutboxError(Exception):
    pass


class Outbox:
    def __init__(self, path):
        try:
            self.conn = sqlite3.connect(path)
        except sqlite3.Error as exc:
            raise OutboxError("outbox cannot be opened") from exc
        try:
            self.conn.executescript(SCHEMA)
        except sqlite3.Error as exc:
            self.conn.close()
            raise OutboxError("outbox cannot be opened") from exc

    def close(self):
        self.conn.close()

    def _do(self, statement, parameters):
        try:
            with self.conn:
                return self.conn.execute(statement, parameters).fetchall()
        except (sqlite3.Error, UnicodeError, OverflowError) as exc:
            log.exception("outbox failed")
            raise OutboxError("outbox is not available") from exc

    def add(self, phone, text):
        self._do("INSERT INTO messages (phone, text) VALUES (?, ?)", (phone, text))

    def due(self, attempts):
        return self._do(
            "SELECT id, phone, text FROM messages WHERE state = 'queued' AND attempts = ? ORDER BY id LIMIT 200", (attempts,)
        )

    def mark(self, number, state):
        self._do("UPDATE messages SET state = ?, attempts = attempts + 1 WHERE id = ?", (state, number))
