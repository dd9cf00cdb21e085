"""Writes how much is to be paid, and until when."""

import datetime
from decimal import Decimal, InvalidOperation

import click

DAYS = {"normal": 30, "quick": 10}


class Amount(click.ParamType):
    name = "amount"

    def convert(self, value, param, ctx):
        try:
            amount = Decimal(value)
        except InvalidOperation:
            self.fail(f"{value!r} is no amount", param, ctx)
        if not amount.is_finite() or not 0 < amount < 1_000_000:
            self.fail(f"{value!r} is no amount to be paid", param, ctx)
        return amount


@click.command()
@click.option("--kind", default="normal", type=click.Choice(list(DAYS)))
@click.argument("amount", type=Amount())
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
def invoice(kind, amount, day):
    total = amount * 119 / 100
    try:
        until = day.date() + datetime.timedelta(days=DAYS[kind])
    except OverflowError:
        raise click.BadParameter("that is too late")
    click.echo(f"{total:.2f} until {until}")
