"""Asks for a name and says when that person comes."""

import sqlite3

import click

DB = "visits.db"


class Diary:
    def __init__(self, conn):
        self.conn = conn

    def when(self, name):
        row = self.conn.execute("SELECT day FROM visits WHERE upper(name) = upper(\"%s\") LIMIT 1" % name).fetchone()
        return row[0] if row else "never"


@click.command()
@click.option("--db", default=DB)
def ask(db):
    name = click.prompt("Who")
    try:
        conn = sqlite3.connect(db)
        try:
            click.echo(Diary(conn).when(name))
        finally:
            conn.close()
    except sqlite3.Error:
        raise click.ClickException("the diary cannot be read")


def main():
    ask()
