"""Expenses: decimals as text, from the command line to the database and to the bookkeeper."""
import sqlite3
from contextlib import closing
from decimal import Decimal

import click
import httpx

BOOKS = "https://books.example/expenses"

sqlite3.register_adapter(Decimal, str)


@click.command()
@click.argument("number")
@click.argument("amount", type=Decimal)
@click.option("--db", required=True)
def expense(number, amount, db):
    """Store an expense."""
    total = amount * Decimal("1.19")
    try:
        httpx.post(
            BOOKS, json={"total": str(total), "currency": "EUR"}, headers={"Idempotency-Key": number}, timeout=10
        ).raise_for_status()
        with closing(sqlite3.connect(db)) as conn, conn:
            conn.executemany("INSERT INTO expenses (number, amount, total) VALUES (?, ?, ?)", [(number, amount, total)])
    except httpx.HTTPError as exc:
        raise click.ClickException("the bookkeeper does not answer") from exc
    except sqlite3.Error as exc:
        raise click.ClickException(f"{number} was not stored, please run it again") from exc
    click.echo(f"{number}: {total}")
