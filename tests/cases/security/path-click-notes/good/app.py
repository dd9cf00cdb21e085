"""Notes by name, kept in a folder of one's own; and any file as one."""

import os
import re
from pathlib import Path

import click


def home() -> Path:
    return Path(os.environ["NOTES_HOME"])


def load(name: str) -> str:
    if not re.fullmatch(r"[\w -]{1,60}", name):
        raise OSError(name)
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


@notes.command("import")
@click.argument("path", type=click.Path(dir_okay=False))
@click.option("--out", default="-", help="where to write how many lines it has")
def import_(path: str, out: str) -> None:
    """A file that the user names is his to name."""
    try:
        text = Path(path).read_text()
    except (OSError, UnicodeError):
        raise click.ClickException(f"{path} cannot be read")
    with click.open_file(out, "w") as stream:
        stream.write(f"{len(text.splitlines())} lines\n")
