import sqlite3


class Worker:
    """Takes messages off a queue: one each time that it is called."""

    def __init__(self, path):
        self.conn = sqlite3.connect(path)
        self.conn.execute("CREATE TABLE IF NOT EXISTS seen (id INTEGER PRIMARY KEY, text TEXT)")

    def handle(self, message):
        known = self.conn.execute("SELECT 1 FROM seen WHERE id = ?", (message["id"],)).fetchone()
        if known is None:
            self.conn.execute("INSERT INTO seen VALUES (?, ?)", (message["id"], message["text"]))
            self.conn.commit()
        return known is None

    def close(self):
        self.conn.close()
