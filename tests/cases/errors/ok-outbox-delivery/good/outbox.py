import logging
import sqlite3
import uuid
from contextlib import closing, contextmanager

import requests

log = logging.getLogger("avalanche.outbox")
SCHEMA = "CREATE TABLE outbox (key TEXT PRIMARY KEY, region TEXT NOT NULL, level INTEGER NOT NULL, sent INTEGER NOT NULL)"


class Outbox:
    """A bulletin is stored first and sent then; a cron job of the office sends the rows with sent = 0
    again, under the same key."""

    def __init__(self, path, url, timeout=5):
        self.path = path
        self.url = url
        self.timeout = timeout
        self.session = requests.Session()

    @contextmanager
    def _transaction(self):
        with closing(sqlite3.connect(self.path, timeout=3)) as conn, conn:
            yield conn

    def add(self, region, level):
        key = uuid.uuid4().hex
        with self._transaction() as conn:
            conn.execute("INSERT INTO outbox (key, region, level, sent) VALUES (?, ?, ?, 0)", (key, region, level))
        return key

    def mark(self, key):
        with self._transaction() as conn:
            conn.execute("UPDATE outbox SET sent = 1 WHERE key = ?", (key,))

    def deliver(self, key, region, level):
        """Whether it is delivered, and known to be."""
        try:
            reply = self.session.post(
                self.url, json={"region": region, "level": level}, headers={"Idempotency-Key": key}, timeout=self.timeout
            )
            reply.raise_for_status()
            self.mark(key)
        except requests.RequestException as exc:
            log.error("bulletin %s was not sent: %s", key, type(exc).__name__)
            return False
        except sqlite3.Error:
            log.exception("bulletin %s was sent, but not marked", key)
            return False
        return True
