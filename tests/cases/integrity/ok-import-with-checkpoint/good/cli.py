import os
import re
import sys

import click
from sqlalchemy.exc import SQLAlchemyError

from importer import ImportFailed, run
from warehouse import Warehouse

ROW = re.compile(r"([A-Z0-9-]{3,12});([0-9]{1,7});([0-9]{1,9})")


def parse(lines):
    rows = []
    for number, line in enumerate(lines, start=1):
        match = ROW.fullmatch(line.strip())
        if not match:
            raise click.ClickException(f"line {number} is no reading")
        rows.append({"meter": match[1], "hour": int(match[2]), "wh": int(match[3])})
    return rows


@click.command()
@click.argument("source", type=click.Choice(["north", "south", "harbour"]))
@click.pass_obj
def load(database, source):
    """Load the readings on standard input."""
    try:
        rows = parse(sys.stdin)
    except (OSError, ValueError) as exc:
        raise click.ClickException("standard input cannot be read") from exc
    try:
        warehouse = Warehouse(database)
    except SQLAlchemyError as exc:
        raise click.ClickException("the warehouse cannot be opened") from exc
    try:
        summary = run(warehouse, source, rows)
    except ImportFailed as exc:
        raise click.ClickException(str(exc)) from exc
    finally:
        warehouse.close()
    click.echo(f"{source}: {summary}")


def main():
    load(obj=os.environ["HEATING_DB"])
