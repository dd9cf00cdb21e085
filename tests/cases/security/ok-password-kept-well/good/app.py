"""Accounts of a command line: bcrypt-like work by the standard library, fingerprints that are no passwords."""

import hashlib
import hmac
import logging
import os
import sqlite3

import click

log = logging.getLogger("accounts")
SCHEMA = "CREATE TABLE IF NOT EXISTS accounts (name TEXT PRIMARY KEY, salt BLOB, digest BLOB, seen TEXT)"


class Accounts:
    def __init__(self, path):
        self.conn = sqlite3.connect(path)
        self.conn.execute(SCHEMA)

    def add(self, name, password):
        salt = os.urandom(16)
        digest = hashlib.pbkdf2_hmac("sha256", password.encode("utf-8", "surrogateescape"), salt, 100_000)
        fingerprint = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()
        with self.conn:
            self.conn.execute("INSERT INTO accounts VALUES (?, ?, ?, ?)", (name, salt, digest, fingerprint))
        log.info("account with %d characters was made", len(password))

    def close(self):
        self.conn.close()


@click.command()
@click.argument("name")
@click.option("--password", required=True)
@click.option("--database", type=click.Path(), required=True)
def add(name, password, database):
    try:
        accounts = Accounts(database)
        try:
            accounts.add(name, password)
        finally:
            accounts.close()
    except sqlite3.Error as exc:
        raise click.ClickException("the accounts cannot be written now") from exc
    except ValueError as exc:
        raise click.UsageError("such a name cannot be kept") from exc
    click.echo("done")


def same(first, second):
    return hmac.compare_digest(first, second)
