import re

import requests
from flask import Flask, abort, current_app
from flask.views import MethodView

CATALOGUE = "https://books.example/isbn"


class BookView(MethodView):
    def get(self, isbn):
        if not re.fullmatch("[0-9]{13}", isbn):
            abort(404)
        try:
            reply = requests.get(f"{CATALOGUE}/{isbn}", timeout=4)
        except requests.Timeout as exc:
            current_app.logger.warning("catalogue did not answer: %s", type(exc).__name__)
            return {"error": "the catalogue does not answer"}, 504
        if reply.status_code == 404:
            abort(404)
        if reply.status_code != 200:
            current_app.logger.warning("catalogue answered %s", reply.status_code)
            return {"error": "the catalogue does not answer"}, 502
        try:
            book = reply.json()
        except ValueError:
            book = None
        if not isinstance(book, dict) or not isinstance(book.get("title"), str):
            current_app.logger.warning("catalogue answered nonsense")
            return {"error": "the catalogue does not answer"}, 502
        return {"isbn": isbn, "title": book["title"]}


def create_app():
    app = Flask(__name__)
    app.add_url_rule("/books/<isbn>", view_func=BookView.as_view("book"))
    return app
