import re
import sqlite3

from flask import Flask, abort, current_app, jsonify, request
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, select

metadata = MetaData()
books = Table("books", metadata, Column("id", Integer, primary_key=True), Column("title", String(80), nullable=False))


def shelf():
    with current_app.extensions["engine"].connect() as connection:
        titles = connection.scalars(select(books.c.title).order_by(books.c.id).limit(50)).all()
    return jsonify(list(titles))


def add_book():
    title = request.form.get("title", "")
    if not re.fullmatch(r"[\w .,'-]{1,80}", title):
        abort(400)
    with current_app.extensions["engine"].begin() as connection:
        connection.execute(insert(books).values(title=title))
    return {"title": title}, 201


def database_failed(exc):
    current_app.logger.error("database failed", exc_info=exc)
    return {"error": "please try again later"}, 503


def create_app(url):
    app = Flask(__name__)
    app.extensions["engine"] = create_engine(url)
    app.add_url_rule("/shelf", view_func=shelf, methods=["GET"])
    app.add_url_rule("/shelf", view_func=add_book, methods=["POST"])
    app.register_error_handler(sqlite3.Error, database_failed)
    return app
