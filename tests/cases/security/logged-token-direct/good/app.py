"""A client of the weather service logs what it is given."""

import logging
import sqlite3

log = logging.getLogger("weather")


def remember(path, station, api_password):
    with sqlite3.connect(path) as conn:
        conn.execute("INSERT INTO stations (name) VALUES (?)", (station,))
    conn.close()
    log.error("station %s registered: %s", station, "with a password" if api_password else "without one")
