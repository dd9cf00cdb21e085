"""Call signs of amateur radio stations change hands."""
import logging
import sqlite3
from contextlib import closing

log = logging.getLogger("callsigns")
SCHEMA = """
CREATE TABLE callsigns (sign TEXT PRIMARY KEY, holder INTEGER NOT NULL);
CREATE TABLE transfers (sign TEXT, day TEXT, giver INTEGER, taker INTEGER, PRIMARY KEY (sign, day));
CREATE TABLE reservations (sign TEXT PRIMARY KEY, until TEXT NOT NULL);
CREATE INDEX reservations_until ON reservations (until);
"""


class RegistryError(Exception):
    pass


class Registry:
    def __init__(self, path):
        self.path = path

    def _connect(self):
        return closing(sqlite3.connect(self.path, timeout=5))

    def holder(self, sign):
        try:
            with self._connect() as conn:
                row = conn.execute("SELECT holder FROM callsigns WHERE sign = ?", (sign,)).fetchone()
        except sqlite3.Error as exc:
            raise RegistryError("the registry cannot be read") from exc
        return row[0] if row else None

    def transfer(self, sign, giver, taker, day):
        try:
            with self._connect() as conn, conn:
                conn.execute(
                    "INSERT INTO transfers (sign, day, giver, taker) VALUES (?, ?, ?, ?)", (sign, day, giver, taker)
                )
                self._drop_old_reservations(conn)
                moved = conn.execute(
                    "UPDATE callsigns SET holder = ? WHERE sign = ? AND holder = ?", (taker, sign, giver)
                )
                if moved.rowcount != 1:
                    raise RegistryError("the giver does not hold this call sign")
        except sqlite3.Error as exc:
            log.error("transfer failed: %s", type(exc).__name__)
            raise RegistryError("the call sign was not transferred") from exc

    def _drop_old_reservations(self, conn):
        conn.executescript("""
            DELETE FROM reservations WHERE until < date('now');
            """)
