"""Bills of material of an organ builder."""
import logging
import sqlite3

log = logging.getLogger("organ.store")
SCHEMA = """
CREATE TABLE IF NOT EXISTS components (
    parent TEXT NOT NULL, child TEXT NOT NULL, pieces INTEGER NOT NULL, PRIMARY KEY (parent, child)) WITHOUT ROWID;
"""
TREE = """
WITH RECURSIVE tree (part, pieces) AS (
    VALUES (?, 1)
    UNION ALL
    SELECT components.child, components.pieces * tree.pieces
    FROM tree JOIN components ON components.parent = tree.part
)
SELECT part, SUM(pieces) FROM tree GROUP BY part
"""


class StoreError(Exception):
    pass


class Store:
    def __init__(self, path):
        try:
            self.conn = sqlite3.connect(path)
        except sqlite3.Error as exc:
            raise StoreError("cannot be opened") from exc
        try:
            self.conn.executescript(SCHEMA)
        except sqlite3.Error as exc:
            self.conn.close()
            raise StoreError("cannot be opened") from exc

    def close(self):
        self.conn.close()

    def add(self, rows):
        try:
            with self.conn:
                self.conn.executemany("INSERT INTO components (parent, child, pieces) VALUES (?, ?, ?)", rows)
        except (sqlite3.Error, UnicodeError) as exc:
            log.exception("components were not saved")
            raise StoreError("components were not saved") from exc

    def fetch(self, statement, *parameters):
        try:
            return self.conn.execute(statement, parameters).fetchall()
        except (sqlite3.Error, UnicodeError) as exc:
            log.exception("components cannot be read")
            raise StoreError("components cannot be read") from exc
