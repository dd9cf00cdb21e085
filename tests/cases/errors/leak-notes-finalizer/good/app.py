"""Keeps notes; its connection is opened when it is first needed, and stays."""

import logging
import sqlite3

log = logging.getLogger("notes")


class Notes:
    def __init__(self, path):
        self.path, self.db = path, None

    def connection(self):
        if self.db is None:
            self.db = sqlite3.connect(self.path, isolation_level=None)
        return self.db

    def close(self):
        if self.db is not None:
            self.db.close()
            self.db = None

    def __del__(self):
        self.close()

    def save(self, note):
        try:
            self.connection().execute("INSERT INTO notes VALUES (?)", (note,))
            return True
        except sqlite3.Error:
            log.exception("a note was not saved")
            return False
