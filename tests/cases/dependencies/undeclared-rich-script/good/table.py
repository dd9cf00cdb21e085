# /// script
# requires-python = ">=3.11"
# dependencies = ["click", "rich>=13"]
# ///
"""Shows a file of comma-separated values as a table."""
import csv
import io

import click
from rich.console import Console
from rich.table import Table


def rows(text):
    return list(csv.reader(io.StringIO(text)))


@click.command()
@click.argument("file", type=click.File())
def main(file):
    table = Table()
    for row in rows(file.read()):
        table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main()
