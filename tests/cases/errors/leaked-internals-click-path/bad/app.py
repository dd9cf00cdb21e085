"""Results of an election, precinct by precinct."""
import logging
import re
from collections import Counter

import click

import results

log = logging.getLogger("elections")


class Precinct(click.ParamType):
    name = "precinct"

    def convert(self, value, param, ctx):
        if not re.fullmatch(r"[0-9]{3}", value, re.ASCII):
            self.fail("a precinct has three digits", param, ctx)
        return value


@click.group()
def cli():
    """Count what is in."""


@cli.command()
@click.argument("precincts", type=Precinct(), nargs=-1, required=True)
@click.option("--lists", default=3, type=click.IntRange(1, 20), help="how many lists to show")
def show(precincts, lists):
    """The strongest lists of some precincts."""
    total = Counter()
    try:
        for precinct in dict.fromkeys(precincts):
            total.update(results.load(precinct))
    except results.ResultsError as exc:
        log.error("results are not complete")
        raise click.ClickException(str(exc)) from exc
    votes = sum(total.values())
    for name, count in total.most_common(lists):
        click.echo(f"{name:<20}{count:>8}{100 * count // votes if votes else 0:>5} %")
    click.echo(f"{'total':<20}{votes:>8}")


if __name__ == "__main__":
    cli()
