"""Collects the dues of a club. A charge whose answer was lost is asked for again, under the same key."""

import sqlite3
import time
from contextlib import closing

import click
import httpx

ATTEMPTS = 3


class NotCharged(Exception):
    pass


def charge(client, url, member, cents, year):
    order = {"amount": cents, "currency": "EUR", "customer": member, "reference": f"dues {year}"}
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(2**attempt)
        try:
            reply = client.post(f"{url}/charges", json=order, headers={"Idempotency-Key": f"dues-{year}-{member}"})
            if reply.status_code >= 500:
                continue
            done = reply.raise_for_status().json()
            if (done["status"], done["amount"], done["currency"]) == ("succeeded", cents, "EUR"):
                return done["id"]
        except httpx.TransportError:
            continue
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
            raise NotCharged(member) from exc
        raise NotCharged(member)
    raise NotCharged(member)


@click.command()
@click.argument("path")
@click.argument("url")
@click.argument("year", type=int)
def collect(path, url, year):
    left = []
    try:
        with closing(sqlite3.connect(path)) as conn, httpx.Client(timeout=10) as client:
            due = conn.execute("SELECT name, cents FROM members WHERE paid < ? ORDER BY name", (year,)).fetchall()
            for name, cents in due:
                try:
                    charge(client, url, name, cents, year)
                except NotCharged:
                    left.append(name)
                    continue
                conn.execute("UPDATE members SET paid = ? WHERE name = ?", (year, name))
                conn.commit()
    except sqlite3.Error as exc:
        raise click.ClickException("the database failed; run it again") from exc
    if left:
        raise click.ClickException(f"not collected: {', '.join(left)}")
    click.echo(f"collected from {len(due)}")
