"""Moves finished jobs to the archive."""
import logging
import sqlite3

log = logging.getLogger("archive")


class ArchiveError(Exception):
    pass


class Archive:
    def __init__(self, path):
        try:
            self.conn = sqlite3.connect(path, isolation_level=None)
        except sqlite3.Error as exc:
            raise ArchiveError("the archive cannot be opened") from exc

    def move(self, job):
        try:
            self.conn.execute("BEGIN")
            self.conn.execute("INSERT INTO archive SELECT * FROM jobs WHERE id = ?", (job,))
            self.conn.execute("DELETE FROM jobs WHERE id = ?", (job,))
            self.conn.execute("COMMIT")
        except sqlite3.Error as exc:
            if self.conn.in_transaction:
                self.conn.execute("ROLLBACK")
            log.exception("job %s was not moved", job)
            raise ArchiveError(f"job {job} was not moved") from exc

    def close(self):
        self.conn.close()
