import logging
from pathlib import Path

import click

log = logging.getLogger("invoices")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("number", type=int)
def invoice(folder, number):
    """Write an invoice."""
    try:
        (folder / f"{number}.txt").write_text(f"invoice {number}")
    except OSError as exc:
        log.warning("not written: %s", exc)
        raise click.ClickException(f"invoice {number} was not written") from exc
    click.echo(f"invoice {number} is written")
