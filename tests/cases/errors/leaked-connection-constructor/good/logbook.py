import sqlite3

VERSION = 3
SCHEMA = f"""
CREATE TABLE meta (id INTEGER PRIMARY KEY, version INTEGER NOT NULL);
INSERT INTO meta VALUES (1, {VERSION});
CREATE TABLE entries (day TEXT NOT NULL, watch INTEGER NOT NULL, visibility INTEGER NOT NULL, PRIMARY KEY (day, watch));
"""


class LogbookError(Exception):
    pass


class Logbook:
    """The log of a lighthouse."""

    def __init__(self, path):
        self.conn = sqlite3.connect(path, timeout=5)
        try:
            version = self.conn.execute("SELECT version FROM meta WHERE id = 1").fetchone()
            if version is None or version[0] != VERSION:
                raise LogbookError("the logbook was written by another version")
        except BaseException:
            self.conn.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.conn.close()

    def write(self, day, watch, visibility):
        with self.conn:
            self.conn.execute(
                "INSERT INTO entries (day, watch, visibility) VALUES (?, ?, ?) "
                "ON CONFLICT (day, watch) DO UPDATE SET visibility = excluded.visibility",
                (day, watch, visibility),
            )

    def day(self, day):
        query = "SELECT watch, visibility FROM entries WHERE day = ? ORDER BY watch"
        return self.conn.execute(query, (day,)).fetchall()
