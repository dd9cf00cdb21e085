"""News of a village, page by page."""
import sqlite3
from contextlib import closing

from flask import Flask, jsonify, request

PER_PAGE = 10


class News:
    def __init__(self, path):
        self.path = path

    def page(self, number):
        with closing(sqlite3.connect(self.path)) as conn:
            sql = "SELECT id, title FROM news ORDER BY id DESC LIMIT ? OFFSET ?"
            return conn.execute(sql, (PER_PAGE, (number - 1) * PER_PAGE)).fetchall()


def page_number():
    return int(request.args.get("page", "1"))


def create_app(path):
    app = Flask(__name__)
    news = News(path)

    @app.get("/news")
    def index():
        try:
            rows = news.page(page_number())
        except sqlite3.Error:
            app.logger.exception("news cannot be read")
            return jsonify(error="no news right now"), 503
        return jsonify(news=[{"id": id_, "title": title} for id_, title in rows])

    return app
