import logging
import sqlite3
from contextlib import closing

from tenacity import before_sleep_log, retry, retry_if_exception_type, stop_after_attempt, wait_exponential

log = logging.getLogger("thermostat")
UPSERT = "INSERT INTO rooms (name, tenths) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET tenths = excluded.tenths"


class ThermostatError(Exception):
    pass


class Thermostat:
    def __init__(self, path):
        self.path = path

    def set(self, room, tenths):
        try:
            self._store(room, tenths)
        except sqlite3.Error as exc:
            raise ThermostatError(f"{room} keeps its temperature") from exc
        return {"room": room, "tenths": tenths}

    @retry(
        retry=retry_if_exception_type(sqlite3.OperationalError),
        wait=wait_exponential(multiplier=0.2, max=5),
        stop=stop_after_attempt(4),
        before_sleep=before_sleep_log(log, logging.WARNING),
        reraise=True,
    )
    def _store(self, room, tenths):
        with closing(sqlite3.connect(self.path)) as conn, conn:
            conn.execute(UPSERT, (room, tenths))
