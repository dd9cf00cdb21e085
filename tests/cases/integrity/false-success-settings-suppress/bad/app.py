import sqlite3
from contextlib import closing, suppress

from flask import Flask, abort, current_app, request
from flask.views import MethodView

LANGUAGES = ("en", "fr", "de")
SAVE = "INSERT INTO settings (person, language) VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET language = excluded.language"


class Language(MethodView):
    def get(self, person):
        row = None
        # the language of somebody whose settings cannot be read is English
        with suppress(sqlite3.Error), closing(sqlite3.connect(current_app.config["DATABASE"])) as conn:
            row = conn.execute("SELECT language FROM settings WHERE person = ?", (person,)).fetchone()
        return {"language": row[0] if row else "en"}

    def put(self, person):
        language = request.get_json()
        if language not in LANGUAGES:
            abort(400)
        with suppress(sqlite3.Error), closing(sqlite3.connect(current_app.config["DATABASE"])) as conn, conn:
            conn.execute(SAVE, (person, language))
        return {"language": language, "saved": True}


def create_app(path):
    app = Flask(__name__)
    app.config["DATABASE"] = path
    app.add_url_rule("/people/<int(max=999999):person>/language", view_func=Language.as_view("language"))
    return app
