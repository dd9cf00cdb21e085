"""Copies the price list of a supplier: an article a transaction, and a second run does no harm."""
import csv
import sqlite3

import click


def store(conn, row):
    with conn:
        conn.execute(
            "INSERT INTO articles (number, cents) VALUES (?, ?) "
            "ON CONFLICT (number) DO UPDATE SET cents = excluded.cents",
            (row["number"], int(row["cents"])),
        )


@click.command()
@click.argument("path", type=click.File())
@click.option("--db", required=True)
def sync(path, db):
    """Copy a price list."""
    count = 0
    try:
        conn = sqlite3.connect(db)
        try:
            for row in csv.DictReader(path):
                store(conn, row)
                count += 1
        finally:
            conn.close()
    except sqlite3.Error as exc:
        raise click.ClickException(f"stopped after {count} articles, please start again") from exc
    click.echo(f"{count} articles")
