from flask import Flask, current_app
from sqlalchemy import Column, MetaData, String, Table, create_engine, select
from sqlalchemy.exc import SQLAlchemyError

metadata = MetaData()
countries = Table("countries", metadata, Column("code", String(2), primary_key=True))
DEFAULT = ["CH", "FR"]


def show():
    """A list that changes once in ten years: without a database it is the one that we shipped with."""
    try:
        with current_app.extensions["engine"].begin() as connection:
            codes = list(connection.scalars(select(countries.c.code).order_by(countries.c.code).limit(300)))
    except SQLAlchemyError:
        current_app.logger.exception("countries cannot be read")
        codes = DEFAULT
    return {"countries": codes}


def create_app(url):
    app = Flask(__name__)
    app.extensions["engine"] = create_engine(url)
    app.add_url_rule("/countries", view_func=show)
    return app
