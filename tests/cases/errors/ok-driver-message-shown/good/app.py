import re
import sqlite3
from contextlib import closing

from flask import Flask, abort, request

SAVE = "INSERT INTO plants (name, watered) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET watered = excluded.watered"


def create_app(path):
    app = Flask(__name__)

    def checked(text, pattern):
        if not re.fullmatch(pattern, text):
            abort(400)
        return text

    @app.errorhandler(sqlite3.OperationalError)
    def busy(exc):
        """An application for one family: they may know that the 'database is locked'."""
        app.logger.warning("database: %s", exc)
        return {"error": str(exc)}, 503, {"Retry-After": "1"}

    @app.post("/plants/<name>/water")
    def water(name):
        name, day = checked(name, "[a-z]{1,20}"), checked(request.form.get("day", ""), "[0-9]{4}-[0-9]{2}-[0-9]{2}")
        with closing(sqlite3.connect(path, isolation_level=None)) as conn:
            conn.execute(SAVE, (name, day))
        return "", 204

    @app.get("/plants/<name>")
    def plant(name):
        name = checked(name, "[a-z]{1,20}")
        with closing(sqlite3.connect(path, isolation_level=None)) as conn:
            row = conn.execute("SELECT watered FROM plants WHERE name = ?", (name,)).fetchone()
        if row is None:
            abort(404)
        return {"plant": name, "watered": row[0]}

    return app
