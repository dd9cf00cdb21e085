import calendar
import datetime as dt

import click


def add_months(day: dt.date, count: int) -> dt.date:
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@click.command()
@click.argument("cents", type=click.IntRange(min=1))
@click.option("--parts", type=click.IntRange(1, 24), default=3)
def plan(cents, parts):
    """Pay CENTS in several parts, one a month."""
    today = dt.date.today()
    for number in range(parts):
        part = cents // parts + (cents % parts if number == 0 else 0)
        click.echo(f"{add_months(today, number + 1)} {part}")
