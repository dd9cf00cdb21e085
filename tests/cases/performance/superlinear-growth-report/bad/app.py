import logging
import sqlite3

log = logging.getLogger(__name__)


class NoReport(Exception):
    pass


def report(conn):
    try:
        return read(conn)
    except sqlite3.Error as exc:
        log.error("no report: %s", exc)
        raise NoReport from exc


def read(conn):
    numbers = conn.execute("SELECT id FROM orders WHERE id >= 0").fetchall()
    return [conn.execute("SELECT text FROM orders WHERE id = ?", number).fetchone()[0] for number in numbers]
