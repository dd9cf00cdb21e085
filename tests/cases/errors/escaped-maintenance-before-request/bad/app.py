import re
import sqlite3
from contextlib import closing

from flask import Flask, abort, current_app


def maintenance():
    """Everything answers 503 while the site is being worked on."""
    with closing(sqlite3.connect(current_app.config["DATABASE"])) as conn:
        row = conn.execute("SELECT value FROM flags WHERE name = 'maintenance'").fetchone()
    return bool(row and row[0])


def check_maintenance():
    if maintenance():
        return {"error": "the site is being worked on"}, 503, {"Retry-After": "120"}
    return None


def page(slug):
    if not re.fullmatch("[a-z]{1,30}", slug):
        abort(404)
    try:
        with closing(sqlite3.connect(current_app.config["DATABASE"])) as conn:
            row = conn.execute("SELECT body FROM pages WHERE slug = ?", (slug,)).fetchone()
    except sqlite3.Error:
        current_app.logger.exception("page %s cannot be read", slug)
        abort(503)
    if row is None:
        abort(404)
    return {"slug": slug, "body": row[0]}


def create_app(path):
    app = Flask(__name__)
    app.config["DATABASE"] = str(path)
    app.before_request(check_maintenance)
    app.add_url_rule("/pages/<slug>", view_func=page)
    return app
