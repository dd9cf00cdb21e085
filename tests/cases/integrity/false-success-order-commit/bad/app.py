import re
import sqlite3

from flask import Flask, abort, current_app, g, request


def get_db():
    if "db" not in g:
        g.db = sqlite3.connect(current_app.config["DATABASE"])
    return g.db


def close_db(exc=None):
    if "db" in g:
        g.pop("db").close()


def place_order():
    order = request.get_json()
    if not isinstance(order, dict):
        abort(400)
    article, pieces = order.get("article"), order.get("pieces")
    if not isinstance(article, str) or not re.fullmatch("[a-z]{1,20}", article):
        abort(400)
    if type(pieces) is not int or not 0 < pieces < 1000:
        abort(400)
    db = get_db()
    number = db.execute("INSERT INTO orders (article, pieces) VALUES (?, ?)", (article, pieces)).lastrowid
    try:
        db.commit()
    except sqlite3.Error:
        db.rollback()
    return {"id": number, "state": "accepted"}, 201


def show_order(number):
    row = get_db().execute("SELECT article, pieces FROM orders WHERE id = ?", (number,)).fetchone()
    if row is None:
        abort(404)
    return {"article": row[0], "pieces": row[1]}


def database_failed(exc):
    current_app.logger.error("database failed", exc_info=exc)
    return {"error": "orders are closed at the moment"}, 503


def create_app(config):
    app = Flask(__name__)
    app.config.update(config)
    app.teardown_appcontext(close_db)
    app.add_url_rule("/orders", view_func=place_order, methods=["POST"])
    app.add_url_rule("/orders/<int(max=999999):number>", view_func=show_order)
    app.register_error_handler(sqlite3.Error, database_failed)
    return app
