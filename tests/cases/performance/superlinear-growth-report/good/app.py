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
    return [text for (text,) in conn.execute("SELECT text FROM orders WHERE id >= 0 ORDER BY id")]
