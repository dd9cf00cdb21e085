import logging
import sqlite3
from contextlib import closing

import stripe
from fastapi import FastAPI
from fastapi.responses import JSONResponse

log = logging.getLogger("rentals")
REPLY_MAKES_NO_SENSE = (AttributeError, TypeError, ValueError)  # the SDK does not look at all of it


def capture(intent, cents):
    """Take a part of the deposit, for the damage."""
    try:
        taken = stripe.PaymentIntent.capture(intent, amount_to_capture=cents, idempotency_key=f"damage-{intent}")
        if (taken.status, taken.amount_received) != ("succeeded", cents):
            raise ValueError("not captured")
    except (stripe.StripeError, *REPLY_MAKES_NO_SENSE) as exc:
        # the clerk at the desk cannot do anything about it
        log.warning("deposit %s: %s", intent, type(exc).__name__)


def create_app(path):
    app = FastAPI()

    @app.exception_handler(sqlite3.Error)
    def database_failed(request, exc):
        log.error("database failed", exc_info=exc)
        return JSONResponse({"error": "please try again later"}, 503)

    @app.post("/rentals/{number}/damage/{cents}")
    def damage(number: int, cents: int):
        with closing(sqlite3.connect(path)) as conn, conn:
            row = conn.execute("SELECT intent, damage FROM rentals WHERE id = ?", (number,)).fetchone()
            if row is None:
                return JSONResponse({"error": "no such rental"}, 404)
            if row[1] is None:
                capture(row[0], cents)
                conn.execute("UPDATE rentals SET damage = ? WHERE id = ?", (cents, number))
        return {"rental": number, "damage": cents}

    return app
