"""Sells tickets at the counter: takes them from the stock, then charges the card."""
import sqlite3
from contextlib import closing

import click
import requests

PAY = "https://pay.example/v1/payments"


class PaymentError(Exception):
    pass


def take(conn, show, number):
    with conn:
        return conn.execute(
            "UPDATE shows SET seats = seats - ? WHERE name = ? AND seats >= ?", (number, show, number)
        ).rowcount


def charge(sale, cents):
    try:
        answer = requests.post(PAY, json={"cents": cents}, headers={"Idempotency-Key": sale}, timeout=10)
        answer.raise_for_status()
        paid = answer.json()
        if (paid["status"], paid["cents"]) != ("paid", cents):
            raise PaymentError("the card was declined")
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        raise PaymentError("the card was not charged") from exc


@click.command()
@click.argument("sale")
@click.argument("show")
@click.option("--number", default=1)
@click.option("--db", required=True)
def sell(sale, show, number, db):
    """Sell tickets of a show."""
    try:
        with closing(sqlite3.connect(db)) as conn:
            if not take(conn, show, number):
                raise click.ClickException("sold out")
            charge(sale, 1500 * number)
            with conn:
                conn.execute("INSERT INTO sales (sale, show, number) VALUES (?, ?, ?)", (sale, show, number))
    except sqlite3.Error as exc:
        raise click.ClickException("the sale could not be stored") from exc
    except PaymentError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(f"{number} tickets sold")
