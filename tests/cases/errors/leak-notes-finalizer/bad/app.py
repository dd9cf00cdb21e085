"""Keeps notes; each is written over a connection of its own."""

import logging
import sqlite3

log = logging.getLogger("notes")


class Connection:
    def __init__(self, path):
        self.db = sqlite3.connect(path)

    def close(self):
        self.db.close()

    def __del__(self):
        self.close()


class Notes:
    def __init__(self, path):
        self.path = path

    def save(self, note):
        try:
            connection = Connection(self.path)
            connection.db.execute("INSERT INTO notes VALUES (?)", (note,))
            connection.db.commit()
            connection.close()
            return True
        except sqlite3.Error:
            log.exception("a note was not saved")
            return False
