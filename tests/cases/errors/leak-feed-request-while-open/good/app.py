import sqlite3
from contextlib import closing

import click
import httpx

FEED = "https://feed.example/items"


def import_items(path):
    reply = httpx.get(FEED, timeout=10)
    reply.raise_for_status()
    names = [(item["name"],) for item in reply.json()]
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE IF NOT EXISTS items (name TEXT)")
        conn.executemany("INSERT INTO items VALUES (?)", names)
    return len(names)


@click.command()
@click.argument("path")
def load(path):
    """Load the feed's items into a database."""
    try:
        count = import_items(path)
    except (httpx.HTTPError, sqlite3.Error, ValueError, KeyError, TypeError) as exc:
        raise click.ClickException("the feed was not loaded, try again later") from exc
    click.echo(f"{count} items")
