"""Notes by name, kept in a folder of one's own."""

import os
from pathlib import Path

import click


def home() -> Path:
    return Path(os.environ["NOTES_HOME"])


def load(name: str) -> str:
    return (home() / f"{name}.txt").read_text()


@click.group()
def notes() -> None:
    pass


@notes.command()
@click.argument("name")
def show(name: str) -> None:
    try:
        click.echo(load(name))
    except (OSError, UnicodeError):
        raise click.ClickException(f"no note called {name}")
