"""Payments that could not be voided at once. `flask --app shop deliver-outbox` does it later, and may do it twice."""

import logging

import click
from flask.cli import with_appcontext

from . import payments
from .db import get_db
from .errors import RefundUnavailable

log = logging.getLogger(__name__)


def add(db, intent):
    """Part of the caller's transaction."""
    db.execute("INSERT INTO outbox (intent) VALUES (?)", (intent,))


def deliver(db, limit=100):
    """Void what waits, the oldest first. Returns how many are done."""
    done = 0
    for row in db.execute("SELECT id, intent FROM outbox ORDER BY id LIMIT ?", (limit,)).fetchall():
        try:
            payments.void(row["intent"])
        except RefundUnavailable:
            log.warning("Payment %s waits", row["intent"])
            continue
        db.execute("DELETE FROM outbox WHERE id = ?", (row["id"],))
        db.commit()
        done += 1
    return done


@click.command("deliver-outbox")
@with_appcontext
def deliver_command():
    """Do what could not be done at once. To be run every few minutes."""
    click.echo(f"{deliver(get_db())} delivered")
