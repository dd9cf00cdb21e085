import sqlite3
from contextlib import closing


def balance(path, account):
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute("SELECT amount FROM accounts WHERE id = ?", (account,)).fetchone()[0]


def total(path, accounts):
    return sum(balance(path, account) for account in accounts)
