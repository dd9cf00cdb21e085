import sqlite3

import click
import httpx

FEED = "https://feed.example/items"


def import_items(path):
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE IF NOT EXISTS items (name TEXT)")
    reply = httpx.get(FEED, timeout=10)
    reply.raise_for_status()
    names = [(item["name"],) for item in reply.json()]
    conn.executemany("INSERT INTO items VALUES (?)", names)
    conn.commit()
    conn.close()
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
