import re
import sqlite3

from flask import Flask, abort, current_app, request

from .db import close_db, get_db
from .outbox import deliver


def order():
    """The order and its message are one transaction: what is not delivered at once, a job delivers later."""
    article = request.form.get("article", "")
    if not re.fullmatch("[a-z]{1,20}", article):
        abort(400)
    db = get_db()
    with db:
        number = db.execute("INSERT INTO orders (article) VALUES (?)", (article,)).lastrowid
        db.execute("INSERT INTO outbox (number, article, sent) VALUES (?, ?, 0)", (number, article))
    deliver(db, number, article)
    return {"order": number, "state": "accepted"}, 202


def database_failed(exc):
    current_app.logger.error("database failed", exc_info=exc)
    return {"error": "orders are closed"}, 503


def create_app(path):
    app = Flask(__name__)
    app.config["DATABASE"] = path
    app.teardown_appcontext(close_db)
    app.add_url_rule("/orders", view_func=order, methods=["POST"])
    app.register_error_handler(sqlite3.Error, database_failed)
    return app
