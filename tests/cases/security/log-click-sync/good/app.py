"""Sync of address books: what was read is told in the log."""

import json
import logging

import click

log = logging.getLogger("sync")


class Book:
    def __init__(self):
        self.people = {}

    def add(self, name, phone):
        self.people[name] = phone
        log.info("added %r", name)


@click.command()
@click.argument("name")
@click.option("--phone", default="")
@click.option("--json", "as_json", is_flag=True)
def add(name, phone, as_json):
    """Adds somebody to the book."""
    book = Book()
    book.add(name.strip(), phone)
    click.echo(json.dumps(book.people) if as_json else f"{len(book.people)} in the book")
