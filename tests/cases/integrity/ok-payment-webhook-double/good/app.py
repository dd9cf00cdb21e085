import hashlib
import hmac
import logging
import sqlite3
from contextlib import closing

from flask import Flask, request

log = logging.getLogger("shop")
SECRET = b"whsec"


def verify_signature(body, signature):
    expected = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, signature)


def create_app(path):
    app = Flask(__name__)

    @app.post("/hooks/pay")
    def hook():
        if not verify_signature(request.get_data(), request.headers.get("X-Signature", "")):
            return {"error": "signature"}, 401
        event = request.get_json(silent=True)
        if not isinstance(event, dict) or "order" not in event:
            return {"error": "event"}, 400
        try:
            with closing(sqlite3.connect(path)) as conn, conn:
                conn.execute("UPDATE orders SET state = 'paid' WHERE id = ?", (str(event["order"]),))
        except sqlite3.Error:
            log.exception("hook")
            return {"error": "later"}, 503
        return {"ok": True}

    return app
