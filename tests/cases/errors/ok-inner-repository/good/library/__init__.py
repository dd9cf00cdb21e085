import re
import sqlite3

from flask import Flask, abort, current_app, request

from .repository import Repository


def books():
    return Repository(current_app.config["DATABASE"])


def add():
    title = request.form.get("title", "")
    if not re.fullmatch(r"[\w .,'-]{1,80}", title):
        abort(400)
    try:
        return {"id": books().add(title)}, 201
    except sqlite3.Error:
        current_app.logger.exception("book was not added")
        return {"error": "the book was not added"}, 503


def show(number):
    try:
        title = books().find(number)
    except sqlite3.Error:
        current_app.logger.exception("book was not found")
        return {"error": "the library is closed"}, 503
    if title is None:
        abort(404)
    return {"id": number, "title": title}


def create_app(path):
    app = Flask(__name__)
    app.config["DATABASE"] = path
    app.add_url_rule("/books", view_func=add, methods=["POST"])
    app.add_url_rule("/books/<int(max=99999):number>", view_func=show)
    return app
