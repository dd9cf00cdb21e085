import sqlite3
import time
from contextlib import closing


class CounterError(Exception):
    pass


class Counter:
    def __init__(self, path):
        self.path = path

    def bump(self, name):
        for attempt in range(4):
            try:
                with closing(sqlite3.connect(self.path, timeout=1)) as conn, conn:
                    conn.execute(
                        "INSERT INTO counters (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1",
                        (name,),
                    )
                    return conn.execute("SELECT value FROM counters WHERE name = ?", (name,)).fetchone()[0]
            except sqlite3.Error as exc:
                error = exc
                time.sleep(0.2 * 2**attempt)
        raise CounterError("the counter is not available") from error
