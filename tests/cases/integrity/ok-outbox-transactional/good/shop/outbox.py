import logging
import sqlite3

import httpx

log = logging.getLogger("shop.outbox")


def deliver(db, number, article):
    shipment = {"order": number, "article": article}
    try:
        reply = httpx.post(
            "https://depot.example/shipments", json=shipment, headers={"Idempotency-Key": f"order-{number}"}, timeout=3
        )
        reply.raise_for_status()
    except httpx.HTTPError as exc:
        log.error("shipment %s stays in the outbox: %s", number, type(exc).__name__)
        return
    try:
        with db:
            db.execute("UPDATE outbox SET sent = 1 WHERE number = ?", (number,))
    except sqlite3.Error:
        log.exception("shipment %s will be delivered again, under the same key", number)


def deliver_rest(db):
    for number, article in db.execute("SELECT number, article FROM outbox WHERE sent = 0 LIMIT 100").fetchall():
        deliver(db, number, article)
