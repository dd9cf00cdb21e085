import json
import sqlite3
from contextlib import closing
from http.client import HTTPException
from urllib.error import URLError
from urllib.request import Request, urlopen

import click

TILL = "https://till.bank.example/v2/collect"


def collect(member, cents):
    body = json.dumps({"mandate": member, "cents": cents}).encode()
    request = Request(TILL, body, {"Content-Type": "application/json", "Idempotency-Key": f"fee-{member}"}, method="POST")
    try:
        with urlopen(request, timeout=20) as reply:
            answer = json.load(reply)
            return answer["state"] == "SETTLED" and answer["cents"] == cents
    except (URLError, HTTPException, OSError, ValueError, LookupError, TypeError) as exc:
        raise click.ClickException("the bank does not answer") from exc


@click.command()
@click.argument("path")
def dues(path):
    """Collect the fees that are due."""
    try:
        with closing(sqlite3.connect(path)) as conn, conn:
            for member, cents in conn.execute("SELECT id, cents FROM members WHERE paid = 0 ORDER BY id").fetchall():
                if collect(member, cents):
                    conn.execute("UPDATE members SET paid = 1 WHERE id = ?", (member,))
                    click.echo(f"{member} has paid")
                else:
                    click.echo(f"{member} has not paid")
    except sqlite3.Error as exc:
        raise click.ClickException("the members cannot be read") from exc
