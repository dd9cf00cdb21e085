"""Object cards of a museum depot. Curators add objects; the search marks the words that were looked for."""
import logging
import re
import sqlite3
from contextlib import closing

from flask import Flask, abort, current_app, render_template_string, request
from markupsafe import Markup, escape

log = logging.getLogger("museum")

PAGE = """<!doctype html>
<title>Depot</title>
<h1>{{ room }}</h1>
<ul>
{% for card in cards %}<li>{{ card }}</li>
{% endfor %}</ul>
{% if not cards %}<p>Nothing here.</p>{% endif %}
"""


def highlight(text, words):
    """The text with every occurrence of the words marked."""
    if not words:
        return escape(text)
    pattern = re.compile(re.escape(words), re.IGNORECASE)
    return Markup(pattern.sub(lambda match: f"<mark>{match.group()}</mark>", text))


class Depot:
    def __init__(self, path):
        self.path = path

    def add(self, room, label):
        with closing(sqlite3.connect(self.path, timeout=5)) as conn, conn:
            conn.execute("INSERT INTO objects (room, label) VALUES (?, ?)", (room, label))

    def labels(self, room):
        with closing(sqlite3.connect(self.path, timeout=5)) as conn:
            rows = conn.execute("SELECT label FROM objects WHERE room = ? ORDER BY id LIMIT 200", (room,))
            return [label for (label,) in rows]


def depot():
    return current_app.extensions["depot"]


def add_object(room):
    label = request.form.get("label", "").strip()
    if not 1 <= len(label) <= 300:
        abort(400, "a label is needed")
    depot().add(room, label)
    return "", 204


def show_room(room):
    words = request.args.get("q", "").strip()[:100]
    cards = [highlight(label, words) for label in depot().labels(room) if words.lower() in label.lower()]
    return render_template_string(PAGE, room=room, cards=cards)


def database_error(exc):
    log.error("depot database failed", exc_info=exc)
    return "The depot is closed for a moment.", 503, {"Content-Type": "text/plain; charset=utf-8"}


def create_app(database):
    app = Flask(__name__)
    app.extensions["depot"] = Depot(database)
    app.add_url_rule("/rooms/<room>/objects", view_func=add_object, methods=["POST"])
    app.add_url_rule("/rooms/<room>", view_func=show_room)
    app.register_error_handler(sqlite3.Error, database_error)
    return app
