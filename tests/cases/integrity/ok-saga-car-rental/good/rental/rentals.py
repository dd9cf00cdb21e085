"""Note the wish, hold the car at the supplier, confirm. Whatever fails, the steps before it are undone."""
import logging
import sqlite3
import uuid
from contextlib import closing

import httpx

log = logging.getLogger("rental")


class RentalError(Exception):
    pass


class Rentals:
    def __init__(self, path, transport=None):
        self.path = path
        self.http = httpx.Client(base_url="https://cars.example", transport=transport, timeout=10)

    def close(self):
        self.http.close()

    def create_tables(self):
        self._write("CREATE TABLE rentals (key TEXT PRIMARY KEY, car TEXT NOT NULL, days INTEGER NOT NULL, state TEXT NOT NULL)")

    def _write(self, statement, parameters=()):
        with closing(sqlite3.connect(self.path)) as conn, conn:
            conn.execute(statement, parameters)

    def state(self, key):
        try:
            with closing(sqlite3.connect(self.path)) as conn:
                row = conn.execute("SELECT state FROM rentals WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as exc:
            raise RentalError("rentals cannot be read") from exc
        return row[0] if row else None

    def rent(self, car, days):
        key = uuid.uuid4().hex
        undo = [self._forget]
        try:
            self._write("INSERT INTO rentals (key, car, days, state) VALUES (?, ?, ?, 'wish')", (key, car, days))
            undo.append(self._release)
            self.http.put(f"/holds/{key}", json={"car": car, "days": days}).raise_for_status()
            self._write("UPDATE rentals SET state = 'confirmed' WHERE key = ?", (key,))
        except (sqlite3.Error, httpx.HTTPError) as exc:
            log.error("rental %s failed (%s), undoing it", key, type(exc).__name__)
            for step in reversed(undo):
                step(key)
            raise RentalError("the car was not rented") from exc
        return key

    def _forget(self, key):
        try:
            self._write("DELETE FROM rentals WHERE key = ?", (key,))
        except sqlite3.Error:
            log.exception("wish %s stays until the nightly clean-up", key)

    def _release(self, key):
        try:
            self.http.delete(f"/holds/{key}").raise_for_status()
        except httpx.HTTPError as exc:
            log.error("hold %s stays until it expires: %s", key, type(exc).__name__)
