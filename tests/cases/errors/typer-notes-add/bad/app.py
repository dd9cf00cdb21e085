"""Notes on the command line."""
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def add(text: str, db: Annotated[Path, typer.Option()]) -> None:
    """Write a note down."""
    with closing(sqlite3.connect(db)) as conn, conn:
        conn.execute("INSERT INTO notes (text) VALUES (?)", (text,))
    typer.echo("noted")


@app.command()
def last(db: Annotated[Path, typer.Option()]) -> None:
    """Read the newest note."""
    try:
        with closing(sqlite3.connect(db)) as conn:
            row = conn.execute("SELECT text FROM notes ORDER BY id DESC LIMIT 1").fetchone()
    except sqlite3.Error as exc:
        typer.echo(f"{db} cannot be read: {exc}", err=True)
        raise typer.Exit(2) from exc
    typer.echo(row[0] if row else "no notes yet")


if __name__ == "__main__":
    app()
