import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from .export import ExportError, write_csv

app = typer.Typer(pretty_exceptions_enable=False)


@app.callback()
def main():
    """Time sheets."""


@app.command()
def export(source: Annotated[Path, typer.Argument(dir_okay=False)], target: Annotated[Path, typer.Argument(dir_okay=False)]):
    """Sum up the entries of SOURCE by person into the CSV file TARGET."""
    try:
        minutes = Counter()
        for entry in json.loads(source.read_text(encoding="utf-8")):
            minutes[str(entry["person"])] += int(entry["minutes"])
    except (OSError, ValueError, KeyError, TypeError):
        typer.echo("the entries cannot be read", err=True)
        raise typer.Exit(2)
    try:
        count = write_csv(target, [{"person": p, "minutes": n} for p, n in sorted(minutes.items())])
    except ExportError as exc:
        typer.echo(f"export failed: {exc}", err=True)
        raise typer.Exit(1)
    typer.echo(f"{count} rows written")
