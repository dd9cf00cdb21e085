import sqlite3
from contextlib import closing

import requests

REFUNDS = "https://api.stripe.com/v1/refunds"


class RefundError(Exception):
    pass


def refund(path, order):
    """Ask for the money back; when it arrives is the bank's business."""
    try:
        with closing(sqlite3.connect(path)) as conn, conn:
            row = conn.execute("SELECT charge FROM orders WHERE id = ? AND state = 'paid'", (order,)).fetchone()
            if row is None:
                raise RefundError("nothing to refund")
            reply = requests.post(
                REFUNDS, data={"charge": row[0]}, headers={"Idempotency-Key": f"refund-{order}"}, timeout=10
            )
            reply.raise_for_status()
            conn.execute("UPDATE orders SET state = 'refunded' WHERE id = ?", (order,))
    except (requests.RequestException, sqlite3.Error) as exc:
        raise RefundError("not refunded") from exc
    return "refunded"
