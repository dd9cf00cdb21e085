"""Finds a member of a club by name."""


class Members:
    def __init__(self, conn):
        self.conn = conn

    def number_of(self, name):
        row = self.conn.execute("SELECT id FROM members WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None
