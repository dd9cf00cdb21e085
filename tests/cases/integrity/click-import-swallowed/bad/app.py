"""Import contacts from a CSV file."""
import csv
import logging
import sqlite3
from contextlib import closing

import click

log = logging.getLogger(__name__)


def store(db, rows):
    try:
        with closing(sqlite3.connect(db)) as conn, conn:
            conn.executemany("INSERT OR REPLACE INTO contacts (name, mail) VALUES (?, ?)", rows)
    except sqlite3.Error as exc:
        log.warning("contacts not stored: %s", exc)


@click.command("import")
@click.argument("file", type=click.File("r"))
@click.option("--db", required=True)
def import_contacts(file, db):
    """Add the contacts of FILE."""
    rows = [(row["name"], row["mail"]) for row in csv.DictReader(file)]
    store(db, rows)
    click.echo(f"{len(rows)} contacts imported")


if __name__ == "__main__":
    import_contacts()
