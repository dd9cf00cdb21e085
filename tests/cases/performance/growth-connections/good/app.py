import sqlite3
from contextlib import closing


def total(path, accounts):
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TEMP TABLE wanted (id INTEGER PRIMARY KEY)")
        conn.executemany("INSERT INTO wanted VALUES (?)", [(account,) for account in accounts])
        return conn.execute("SELECT sum(amount) FROM accounts JOIN wanted USING (id)").fetchone()[0]
