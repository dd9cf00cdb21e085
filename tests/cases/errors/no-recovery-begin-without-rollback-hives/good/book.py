import sqlite3
import threading
from contextlib import contextmanager

SCHEMA = """
CREATE TABLE weights (hive INTEGER, at INTEGER, grams INTEGER NOT NULL, PRIMARY KEY (hive, at)) WITHOUT ROWID;
CREATE TABLE hives (hive INTEGER PRIMARY KEY, grams INTEGER NOT NULL, at INTEGER NOT NULL);
"""


class HiveBook:
    """One connection for the whole process: the board under the roof has little memory."""

    def __init__(self, path):
        self.lock = threading.Lock()
        self.conn = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)

    def close(self):
        self.conn.close()

    @contextmanager
    def transaction(self):
        with self.lock:
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                yield self.conn
                self.conn.execute("COMMIT")
            except BaseException:
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
                raise

    def record(self, hive, at, grams):
        with self.transaction() as conn:
            conn.execute("INSERT OR IGNORE INTO weights (hive, at, grams) VALUES (?, ?, ?)", (hive, at, grams))
            conn.execute(
                "INSERT INTO hives (hive, grams, at) VALUES (?, ?, ?) ON CONFLICT (hive) "
                "DO UPDATE SET grams = excluded.grams, at = excluded.at WHERE excluded.at > hives.at",
                (hive, grams, at),
            )

    def latest(self, hive):
        with self.lock:
            return self.conn.execute("SELECT grams, at FROM hives WHERE hive = ?", (hive,)).fetchone()
