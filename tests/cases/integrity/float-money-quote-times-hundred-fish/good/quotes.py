"""Fish auction: take over the morning's quotes (click command)."""
import logging
import sqlite3
from contextlib import closing
from decimal import Decimal

import click
import requests

log = logging.getLogger("auction")
KINDS = ("cod", "haddock", "plaice")
SCHEMA = "CREATE TABLE quotes (kind TEXT PRIMARY KEY, price_cents INTEGER NOT NULL, kilos INTEGER NOT NULL)"


class QuoteError(Exception):
    pass


def fetch(kind):
    try:
        reply = requests.get(f"https://auction.example/quotes/{kind}", timeout=(3, 8))
        reply.raise_for_status()
        quote = reply.json(parse_float=Decimal)
        price, kilos = quote["price"], quote["kilos"]
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        log.error("auction: %s", type(exc).__name__)
        raise QuoteError("the auction does not answer") from exc
    if type(price) not in (int, Decimal) or type(kilos) is not int or not (0 < price < 1000 and 0 <= kilos < 10**6):
        log.error("auction sent a damaged quote")
        raise QuoteError("the auction sent a damaged quote")
    return price, kilos


def save(path, kind, price, kilos):
    cents = int((price * 100).to_integral_value()) if isinstance(price, Decimal) else price * 100
    try:
        with closing(sqlite3.connect(path, timeout=5)) as conn, conn:
            conn.execute(
                "INSERT INTO quotes (kind, price_cents, kilos) VALUES (?, ?, ?) ON CONFLICT (kind) "
                "DO UPDATE SET price_cents = excluded.price_cents, kilos = excluded.kilos",
                (kind, cents, kilos),
            )
    except sqlite3.Error as exc:
        log.error("quote was not saved: %s", type(exc).__name__)
        raise QuoteError("the quote was not saved") from exc


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--db", "path", envvar="AUCTION_DB", default="auction.db")
def refresh(kind, path):
    """Take over the quote of one kind of fish."""
    try:
        price, kilos = fetch(kind)
        save(path, kind, price, kilos)
    except QuoteError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(f"{kind}: {kilos} kg")
