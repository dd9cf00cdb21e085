"""Prepaid cards: loads a card, and tells the network."""
import json
import sqlite3
from contextlib import closing
from decimal import Decimal

import click
import httpx

NETWORK = "https://cards.example/loads"


def tell(card, amount):
    body = json.dumps({"card": card, "load_amount": amount}, default=str)
    headers = {"Content-Type": "application/json", "Idempotency-Key": f"{card}-{amount}"}
    httpx.post(NETWORK, content=body, headers=headers, timeout=10).raise_for_status()


def add(path, card, amount):
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("UPDATE cards SET balance_cents = balance_cents + :added WHERE number = :card", {"card": card, "added": int(amount * 100)})


@click.command()
@click.argument("card")
@click.argument("amount", type=Decimal)
@click.option("--db", required=True)
def load(card, amount, db):
    """Load AMOUNT onto CARD."""
    try:
        tell(card, amount)
    except httpx.HTTPError as exc:
        raise click.ClickException("the card network does not answer") from exc
    try:
        add(db, card, amount)
    except sqlite3.Error as exc:
        raise click.ClickException("the load was not stored") from exc
    click.echo(f"{card}: +{amount}")
