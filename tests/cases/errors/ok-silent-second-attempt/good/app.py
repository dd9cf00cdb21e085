import sqlite3
import time
from contextlib import closing


class NoSetting(Exception):
    pass


def setting(path, name):
    for pause in (0.1, 0.5, None):
        try:
            with closing(sqlite3.connect(path)) as conn:
                row = conn.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
                return row[0] if row else None
        except sqlite3.Error as exc:
            if pause is None:
                raise NoSetting(name) from exc
            time.sleep(pause)
