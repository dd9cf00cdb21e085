"""What could not be done at once and must not be forgotten. `flask --app shop deliver-outbox` does it later.

Everything in here has an idempotency key, so that it does no harm if it turns out to have been done already.
"""

import json
import logging

import click
from flask.cli import with_appcontext

from . import carrier, notify, payments
from .db import get_db
from .errors import ShopError

log = logging.getLogger(__name__)


def add(db, kind, **payload):
    """Part of the caller's transaction."""
    db.execute("INSERT INTO outbox (kind, payload) VALUES (?, ?)", (kind, json.dumps(payload)))


def deliver(db, limit=100):
    """Try what waits, the oldest first. Returns how many are done."""
    done = 0
    rows = db.execute("SELECT id, kind, payload FROM outbox ORDER BY id LIMIT ?", (limit,)).fetchall()
    for row in rows:
        try:
            DELIVERIES[row["kind"]](db, **json.loads(row["payload"]))
        except ShopError:
            log.warning("Outbox entry %s waits", row["id"])
            db.rollback()
            continue
        db.execute("DELETE FROM outbox WHERE id = ?", (row["id"],))
        db.commit()
        done += 1
    return done


def _message(db, to, subject, key):
    if not notify.send(to, subject, key):
        raise ShopError("The message service did not take the message.")


def _refund(db, reference, amount):
    payments.refund(reference, amount)


def _parcel(db, reference, country, weight):
    tracking = carrier.create_parcel(reference, country, weight)
    db.execute("UPDATE orders SET status = 'shipped', tracking = ? WHERE reference = ?", (tracking, reference))


DELIVERIES = {"message": _message, "refund": _refund, "parcel": _parcel}


@click.command("deliver-outbox")
@with_appcontext
def deliver_command():
    """Do what could not be done at once. To be run every few minutes."""
    click.echo(f"{deliver(get_db())} delivered")
