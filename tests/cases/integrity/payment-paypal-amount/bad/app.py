import logging
import sqlite3
from contextlib import closing

import httpx
from fastapi import FastAPI, HTTPException

log = logging.getLogger("shop")
http = httpx.Client(timeout=10)
app = FastAPI()
app.state.path = "shop.db"
PAYPAL = "https://api-m.paypal.com/v2/checkout/orders"


def captured(paypal_order):
    try:
        reply = http.post(f"{PAYPAL}/{paypal_order}/capture", headers={"PayPal-Request-Id": paypal_order})
        reply.raise_for_status()
        return reply.json()["purchase_units"][0]["payments"]["captures"][0]
    except (httpx.HTTPError, ValueError, LookupError, TypeError) as exc:
        log.warning("capture of %s: %s", paypal_order, type(exc).__name__)
        raise HTTPException(502, "the payment did not go through") from exc


def pays_for(capture, total):
    try:
        return capture["status"] == "COMPLETED"
    except (LookupError, TypeError):
        return False


@app.post("/orders/{number}/capture/{paypal_order}")
def capture(number: int, paypal_order: str):
    try:
        with closing(sqlite3.connect(app.state.path)) as conn, conn:
            row = conn.execute("SELECT total FROM orders WHERE id = ? AND state = 'open'", (number,)).fetchone()
            if row is None:
                raise HTTPException(404, "no such order")
            if not pays_for(captured(paypal_order), row[0]):
                raise HTTPException(409, "not paid")
            conn.execute("UPDATE orders SET state = 'paid' WHERE id = ?", (number,))
    except sqlite3.Error as exc:
        log.exception("order %s", number)
        raise HTTPException(503, "please try again later") from exc
    return {"order": number, "state": "paid"}
