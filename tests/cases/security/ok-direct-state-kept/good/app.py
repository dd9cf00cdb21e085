"""Keeps a list of tables and copies them: what is registered is named by whoever writes the program."""


class Copies:
    def __init__(self, conn):
        self.conn, self.tables = conn, []

    def add(self, name):
        self.tables.append(name)

    def run(self):
        for name in self.tables:
            self.conn.execute(f"CREATE TABLE {name}_copy AS SELECT * FROM {name}")
        return len(self.tables)


def remember(conn, name):
    with conn:
        conn.execute("INSERT INTO members (name) VALUES (?)", (name,))


def copy_all(conn):
    for (name,) in conn.execute("SELECT name FROM members WHERE city IS NULL").fetchall():
        conn.execute(f"CREATE TABLE {name} (id)")
