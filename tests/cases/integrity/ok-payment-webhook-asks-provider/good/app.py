import logging
import sqlite3
from contextlib import closing

import requests
from fastapi import FastAPI, HTTPException, Request

log = logging.getLogger("shop")
app = FastAPI()
app.state.path = "shop.db"
VERIFY = "https://api-m.paypal.com/v1/notifications/verify-webhook-signature"


def is_genuine(headers, event):
    names = ("auth-algo", "cert-url", "transmission-id", "transmission-sig", "transmission-time")
    body = {name.replace("-", "_"): headers.get(f"paypal-{name}") for name in names}
    reply = requests.post(VERIFY, json={**body, "webhook_id": "WH", "webhook_event": event}, timeout=10)
    reply.raise_for_status()
    return reply.json()["verification_status"] == "SUCCESS"


@app.post("/paypal/webhook")
def webhook(request: Request, event: dict):
    try:
        kind, order = event["event_type"], event["resource"]["custom_id"]
        genuine = is_genuine(request.headers, event)
    except requests.RequestException as exc:
        log.warning("PayPal: %s", type(exc).__name__)
        raise HTTPException(503, "later") from exc
    except (ValueError, LookupError, TypeError) as exc:
        raise HTTPException(400, "no event") from exc
    if not genuine:
        raise HTTPException(401, "not from PayPal")
    if kind == "PAYMENT.CAPTURE.COMPLETED":
        try:
            with closing(sqlite3.connect(app.state.path)) as conn, conn:
                conn.execute("UPDATE orders SET state = 'paid' WHERE id = ?", (str(order),))
        except sqlite3.Error as exc:
            log.exception("order %s", order)
            raise HTTPException(503, "later") from exc
    return {"received": True}
