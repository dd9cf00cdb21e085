import re

from flask import Flask, abort, current_app, redirect, request
from sqlalchemy import Column, MetaData, String, Table, create_engine
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import OperationalError

metadata = MetaData()
readers = Table("readers", metadata, Column("email", String(120), primary_key=True))


def subscribe():
    email = request.form.get("email", "")
    if not re.fullmatch(r"[a-z0-9.]{1,60}@[a-z0-9.]{3,50}", email):
        abort(400)
    try:
        with current_app.extensions["engine"].begin() as connection:
            connection.execute(insert(readers).values(email=email).on_conflict_do_nothing())
    except OperationalError as exc:
        current_app.logger.info("reader is lost: %s", exc.orig)
        return redirect("/sorry", 303)
    return redirect("/thanks", 303)


def create_app(url):
    app = Flask(__name__)
    app.extensions["engine"] = create_engine(url)
    app.add_url_rule("/newsletter", view_func=subscribe, methods=["POST"])
    return app
