import sqlite3
import time


def write(path, note, before_retry=time.sleep):
    """Another process may hold the lock for a moment."""
    for pause in (0.01, 0.02, 0.04, None):
        conn = sqlite3.connect(path, timeout=0)
        try:
            with conn:
                conn.execute("INSERT INTO notes VALUES (?, ?)", (note, pause is None))
            return True
        except sqlite3.OperationalError:
            if pause is None:
                raise
            before_retry(pause)
        finally:
            conn.close()
