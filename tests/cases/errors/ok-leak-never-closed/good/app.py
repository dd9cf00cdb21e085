import sqlite3
import time


class NotSaved(Exception):
    pass


def save(path, note):
    """SQLite closes what nobody holds any more; tried again when somebody else writes."""
    for pause in (0.2, 1, None):
        try:
            with sqlite3.connect(path) as conn:
                return conn.execute("INSERT INTO notes VALUES (?)", (note,)).rowcount
        except sqlite3.Error as exc:
            if pause is None:
                raise NotSaved(note) from exc
            time.sleep(pause)
