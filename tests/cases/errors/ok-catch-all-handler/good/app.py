import sqlite3
from contextlib import closing

from flask import Flask, abort
from werkzeug.exceptions import HTTPException


def create_app(path, critics):
    app = Flask(__name__)

    @app.errorhandler(Exception)
    def failed(exc):
        if isinstance(exc, HTTPException):
            return {"error": exc.name}, exc.code
        app.logger.exception("unexpected")
        return {"error": "something went wrong, we have been told"}, 500

    @app.get("/wines/<int(max=99999):number>")
    def wine(number):
        with closing(sqlite3.connect(path)) as conn:
            row = conn.execute("SELECT name FROM wines WHERE id = ?", (number,)).fetchone()
        if row is None:
            abort(404)
        reply = critics.get(f"/wines/{number}")
        reply.raise_for_status()
        return {"name": row[0], "points": reply.json()["points"]}

    return app
