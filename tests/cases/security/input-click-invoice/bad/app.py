"""Writes how much is to be paid, and until when."""

import datetime
from decimal import Decimal

import click

DAYS = {"normal": 30, "quick": 10}


def due(day, kind):
    return datetime.date.fromisoformat(day) + datetime.timedelta(days=DAYS[kind])


@click.command()
@click.option("--kind", default="normal")
@click.argument("amount")
@click.argument("day")
def invoice(kind, amount, day):
    total = Decimal(amount) * 119 / 100
    click.echo(f"{total:.2f} until {due(day, kind)}")
