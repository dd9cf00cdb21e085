"""Kiosks in a national park: a ranger sets one up, it then shows its welcome."""
import logging
import secrets

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, request
from sqlalchemy import Column, MetaData, String, Table, create_engine, insert, select
from sqlalchemy.exc import SQLAlchemyError

from texts import DEFAULT, TextsUnavailable, welcome

log = logging.getLogger("kiosks")
kiosks = Blueprint("kiosks", __name__, url_prefix="/kiosks")
metadata = MetaData()
kiosk_table = Table(
    "kiosks",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("place", String(60), nullable=False),
    Column("language", String(60), nullable=False),
)


@kiosks.post("")
def set_up():
    place = request.form.get("place", "").strip()
    language = request.form.get("language", DEFAULT).strip().lower()
    if not 1 <= len(place) <= 60 or not 1 <= len(language) <= 60:
        abort(400, "place and language, please")
    kiosk_id = secrets.token_hex(6)
    with current_app.extensions["engine"].begin() as conn:
        conn.execute(insert(kiosk_table).values(id=kiosk_id, place=place, language=language))
    return jsonify(id=kiosk_id), 201


@kiosks.get("/<kiosk_id>/welcome")
def show_welcome(kiosk_id):
    query = select(kiosk_table.c.language).where(kiosk_table.c.id == kiosk_id)
    with current_app.extensions["engine"].connect() as conn:
        language = conn.execute(query).scalar()
    if language is None:
        abort(404, "no such kiosk")
    return Response(welcome(language), mimetype="text/plain")


@kiosks.app_errorhandler(SQLAlchemyError)
@kiosks.app_errorhandler(TextsUnavailable)
def unavailable(exc):
    log.error("the kiosk cannot be served", exc_info=exc)
    return jsonify(error="please try again later"), 503


def create_app(url):
    app = Flask(__name__)
    app.extensions["engine"] = create_engine(url)
    metadata.create_all(app.extensions["engine"])
    app.register_blueprint(kiosks)
    return app
