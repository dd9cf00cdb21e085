"""Manage the users of a small server."""
import sqlite3
from contextlib import closing

import click


class Guarded(click.Group):
    """A group whose commands end with a message when the database fails."""

    def invoke(self, ctx):
        try:
            return super().invoke(ctx)
        except sqlite3.IntegrityError as exc:
            raise click.ClickException(f"database: {exc}") from exc


@click.group(cls=Guarded)
@click.option("--db", required=True)
@click.pass_context
def users(ctx, db):
    ctx.obj = ctx.with_resource(closing(sqlite3.connect(db)))


@users.command()
@click.argument("name")
@click.pass_obj
def create(conn, name):
    with conn:
        conn.execute("INSERT INTO users (name) VALUES (?)", (name,))
    click.secho(f"created {name}", fg="green")


@users.command("list")
@click.pass_obj
def list_users(conn):
    for (name,) in conn.execute("SELECT name FROM users ORDER BY name LIMIT 100"):
        click.echo(name)
