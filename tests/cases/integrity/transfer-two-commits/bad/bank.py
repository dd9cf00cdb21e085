"""Ledger on SQLite; amounts in cents."""
import sqlite3
from contextlib import closing, contextmanager

import click

SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (name TEXT PRIMARY KEY, balance INTEGER NOT NULL CHECK (balance >= 0));
"""


class LedgerError(Exception):
    pass


class Ledger:
    def __init__(self, path):
        self.path = path

    @contextmanager
    def transaction(self):
        try:
            with closing(sqlite3.connect(self.path, timeout=5)) as conn:
                conn.executescript(SCHEMA)
                with conn:
                    conn.execute("BEGIN IMMEDIATE")
                    yield conn
        except sqlite3.IntegrityError as exc:
            raise LedgerError("not enough money") from exc
        except sqlite3.Error as exc:
            raise LedgerError("the ledger is not available") from exc

    def open(self, name, balance):
        with self.transaction() as conn:
            conn.execute("INSERT INTO accounts (name, balance) VALUES (?, ?)", (name, balance))

    def balance(self, name):
        with self.transaction() as conn:
            row = conn.execute("SELECT balance FROM accounts WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise LedgerError("no such account")
        return row[0]

    def transfer(self, source, target, cents):
        with self.transaction() as conn:
            debit(conn, source, cents)
        with self.transaction() as conn:
            credit(conn, target, cents)


def debit(conn, name, cents):
    if not conn.execute("UPDATE accounts SET balance = balance - ? WHERE name = ?", (cents, name)).rowcount:
        raise LedgerError("no such account")


def credit(conn, name, cents):
    if not conn.execute("UPDATE accounts SET balance = balance + ? WHERE name = ?", (cents, name)).rowcount:
        raise LedgerError("no such account")


@click.command()
@click.option("--db", type=click.Path(dir_okay=False), required=True)
@click.argument("source")
@click.argument("target")
@click.argument("cents", type=click.IntRange(1, 10**9))
def transfer(db, source, target, cents):
    try:
        Ledger(db).transfer(source, target, cents)
    except LedgerError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo("done")
