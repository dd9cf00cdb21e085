"""Converts an amount by the rates that another job leaves in a file."""
import json
import os
from pathlib import Path

import click


def rates():
    return json.loads(Path(os.environ.get("RATES_FILE", "rates.json")).read_text())


@click.command()
@click.argument("cents", type=click.IntRange(0, 10**9))
@click.argument("currency", type=click.Choice(["USD", "CHF"]))
def convert(cents, currency):
    try:
        rate = int(rates()[currency])
    except (ValueError, LookupError, TypeError) as exc:
        raise click.ClickException("there are no rates today") from exc
    click.echo(cents * rate // 10_000)


if __name__ == "__main__":
    convert()
