"""A client of the weather service logs what it is given."""

import contextlib
import logging
import sqlite3

log = logging.getLogger("weather")


class NotRegistered(Exception):
    pass


def remember(path, station, api_password):
    try:
        with contextlib.closing(sqlite3.connect(path)) as conn, conn:
            conn.execute("INSERT INTO stations (name) VALUES (?)", (station,))
    except sqlite3.Error as exc:
        raise NotRegistered(station) from exc
    log.error("station %s registered: %s", station, {"password": api_password})
