"""Members of a club join with a name and a password."""

import hashlib
import os
import sqlite3
from contextlib import closing

from flask import Flask, abort, request
from werkzeug.security import generate_password_hash

PEPPER = "club-of-1904"


def stored(password):
    return generate_password_hash(password)


def create_app(path):
    app = Flask(__name__)
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE members (name TEXT PRIMARY KEY, password TEXT NOT NULL)")

    @app.errorhandler(sqlite3.Error)
    def closed(error):
        return "nobody can join now", 503

    @app.post("/join")
    def join():
        name, password = request.form.get("name", ""), request.form.get("password", "")
        if not name or len(password) < 8:
            abort(400)
        with closing(sqlite3.connect(path)) as conn, conn:
            conn.execute("INSERT OR REPLACE INTO members VALUES (?, ?)", (name, stored(password)))
        return "welcome", 201

    return app
