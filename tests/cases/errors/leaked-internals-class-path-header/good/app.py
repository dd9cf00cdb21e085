import re
import sqlite3
from contextlib import closing

from flask import Flask, abort, request


def create_tables(path):
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript("""
            CREATE TABLE votes (id INTEGER PRIMARY KEY, choice TEXT NOT NULL);
            CREATE INDEX votes_choice ON votes (choice);
        """)


def create_app(path):
    app = Flask(__name__)

    def choice_of(text):
        if not re.fullmatch("[a-z]{1,20}", text):
            abort(400)
        return text

    @app.errorhandler(sqlite3.Error)
    def database_failed(exc):
        app.logger.error("database failed", exc_info=exc)
        return {"error": "no votes at the moment"}, 503, {"Retry-After": "10"}

    @app.post("/votes")
    def vote():
        choice = choice_of(request.form.get("choice", ""))
        with closing(sqlite3.connect(path)) as conn, conn:
            conn.execute("INSERT INTO votes (choice) VALUES (?)", (choice,))
        return {"choice": choice}, 201

    @app.get("/votes/<choice>")
    def count(choice):
        choice = choice_of(choice)
        with closing(sqlite3.connect(path)) as conn:
            votes = conn.execute("SELECT count(*) FROM votes WHERE choice = ?", (choice,)).fetchone()[0]
        return {"choice": choice, "votes": votes}

    return app
