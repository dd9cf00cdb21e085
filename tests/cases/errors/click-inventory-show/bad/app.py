"""Inventory of a workshop, on the command line."""
import sqlite3
from contextlib import closing

import click


def open_db(path):
    conn = sqlite3.connect(path)
    conn.row_factory = sqlite3.Row
    return conn


@click.group()
@click.option("--db", default="inventory.db", envvar="INVENTORY_DB", show_default=True)
@click.pass_context
def cli(ctx, db):
    """Keep track of tools."""
    ctx.obj = db


@cli.command()
@click.argument("name")
@click.option("--shelf", type=int, required=True)
@click.pass_obj
def add(db, name, shelf):
    """Put a tool on a shelf."""
    try:
        with closing(open_db(db)) as conn, conn:
            conn.execute("INSERT INTO tools (name, shelf) VALUES (?, ?)", (name, shelf))
    except sqlite3.Error as exc:
        raise click.ClickException(f"{name} was not added: {exc}") from exc
    click.echo(f"{name} is on shelf {shelf}")


@cli.command()
@click.argument("shelf", type=int)
@click.pass_obj
def show(db, shelf):
    """List the tools of a shelf."""
    with closing(open_db(db)) as conn:
        rows = conn.execute("SELECT name FROM tools WHERE shelf = ? ORDER BY name", (shelf,)).fetchall()
    for row in rows:
        click.echo(row["name"])
    if not rows:
        click.echo("nothing here")


if __name__ == "__main__":
    cli()
