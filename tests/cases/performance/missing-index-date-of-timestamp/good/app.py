"""Lifts of an office tower: which of them works hardest?"""
import logging
from datetime import date

from flask import Blueprint, Flask, current_app, jsonify
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.routing import BaseConverter, ValidationError

from queries import busiest
from schema import metadata

log = logging.getLogger("lifts")
reports = Blueprint("reports", __name__)


class DayConverter(BaseConverter):
    regex = r"20[0-9]{2}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValidationError() from None


@reports.get("/busiest/<day:day>")
def busiest_lifts(day):
    with current_app.extensions["engine"].connect() as conn:
        return jsonify(day=day.isoformat(), lifts=busiest(conn, day))


def database_down(exc):
    log.error("trips cannot be read", exc_info=exc)
    return jsonify(error="no report right now"), 503


def create_app(url):
    app = Flask(__name__)
    app.url_map.converters["day"] = DayConverter
    app.extensions["engine"] = create_engine(url)
    metadata.create_all(app.extensions["engine"])
    app.register_blueprint(reports)
    app.register_error_handler(SQLAlchemyError, database_down)
    return app
