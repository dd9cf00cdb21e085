import hmac
import os
import sqlite3
from contextlib import closing

from flask import Flask, abort, request


def create_app(path):
    app = Flask(__name__)

    @app.errorhandler(sqlite3.Error)
    def no_database(exc):
        app.logger.exception("database")
        return {"error": "please try again later"}, 503

    @app.post("/webhooks/payments")
    def payment_event():
        secret = request.headers.get("X-Webhook-Secret", "")
        if not hmac.compare_digest(secret.encode(), os.environ.get("SECRET", "s3cret").encode()):
            abort(401)
        event = request.get_json()
        if not isinstance(event, dict) or event.get("type") != "payment.succeeded":
            return {"ignored": True}
        with closing(sqlite3.connect(path)) as conn, conn:
            conn.execute("UPDATE orders SET state = 'paid' WHERE id = ?", (str(event.get("order")),))
        return {"ok": True}

    return app
