"""Looks after the members of a club."""

import sqlite3

import click


def find(db, name):
    rows = db.execute("SELECT name, town FROM members WHERE name LIKE '%' || ? || '%' ORDER BY name", (name,))
    return rows.fetchall()


@click.group()
@click.option("--db", "path", required=True)
@click.pass_context
def cli(ctx, path):
    try:
        ctx.obj = sqlite3.connect(path)
    except sqlite3.Error:
        raise click.ClickException("the members cannot be read now")
    ctx.call_on_close(ctx.obj.close)


@cli.command()
@click.argument("name")
@click.pass_obj
def search(db, name):
    """Show who is called like that."""
    try:
        found = find(db, name)
    except sqlite3.Error:
        raise click.ClickException("the members cannot be read now")
    for member, town in found:
        click.echo(f"{member} ({town})")
