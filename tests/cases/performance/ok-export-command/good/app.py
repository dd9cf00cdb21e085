import sqlite3

import click


@click.command()
@click.argument("path", type=click.Path(exists=True))
def export(path):
    """Writes all orders, at night."""
    conn = sqlite3.connect(path)
    for number, total in conn.execute("SELECT id, total FROM orders ORDER BY id"):
        click.echo(f"{number};{total}")
    conn.close()
