"""Moves old messages into the archive, a batch at a time."""
import logging
import sqlite3

log = logging.getLogger("archive")
BATCH = 2


class ArchiveError(Exception):
    pass


def open_database(path):
    conn = sqlite3.connect(path, timeout=3)
    conn.executescript(
        "CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, day TEXT NOT NULL, body TEXT NOT NULL);"
        "CREATE INDEX IF NOT EXISTS messages_day ON messages (day);"
        "CREATE TABLE IF NOT EXISTS archive (id INTEGER PRIMARY KEY, day TEXT NOT NULL, body TEXT NOT NULL);"
    )
    return conn


def _move(conn, before):
    with conn:
        ids = [row[0] for row in conn.execute("SELECT id FROM messages WHERE day < ? ORDER BY day LIMIT ?", (before, BATCH))]
        marks = ", ".join("?" * len(ids))
        conn.execute(f"INSERT OR IGNORE INTO archive (id, day, body) SELECT id, day, body FROM messages WHERE id IN ({marks})", ids)
        conn.execute(f"DELETE FROM messages WHERE id IN ({marks})", ids)
    return len(ids)


def archive_old(conn, before):
    total = 0
    while True:
        try:
            moved = _move(conn, before)
        except sqlite3.Error as exc:
            raise ArchiveError("messages cannot be archived") from exc
        total += moved
        if moved < BATCH:
            return total
