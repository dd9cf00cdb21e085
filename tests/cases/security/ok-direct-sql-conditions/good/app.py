"""Puts conditions together: what is written as SQL is SQL, what is a value is bound."""


class Search:
    def __init__(self, conn):
        self.conn, self.conditions, self.values = conn, [], []

    def where(self, condition, *values):
        self.conditions.append(condition)
        self.values += values
        return self

    def equal(self, column, value):
        return self.where(f"{column} = ?", value)

    def ids(self, suffix="LIMIT 50"):
        where = " AND ".join(self.conditions) or "1"
        return [row[0] for row in self.conn.execute(f"SELECT id FROM members WHERE {where} {suffix}", self.values)]


def equal(conn, column, literal):
    return conn.execute(f"SELECT id FROM members WHERE {column} = {literal} LIMIT 50").fetchall()


def having(conn, condition):
    return conn.execute(f"SELECT id FROM members WHERE {condition} LIMIT 50").fetchall()
