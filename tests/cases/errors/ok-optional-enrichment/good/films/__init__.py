from flask import Flask, abort, current_app
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import scoped_session, sessionmaker

from .models import Film
from .reviews import stars


def film(number):
    found = current_app.extensions["session"].get(Film, number)
    if found is None:
        abort(404)
    page = {"title": found.title}
    given = stars(number)
    if given is not None:
        page["stars"] = given
    return page


def database_failed(exc):
    current_app.logger.error("database failed", exc_info=exc)
    return {"error": "no films now"}, 503


def create_app(engine):
    app = Flask(__name__)
    session = scoped_session(sessionmaker(engine))
    app.extensions["session"] = session

    @app.teardown_appcontext
    def remove(exc):
        session.remove()

    app.register_error_handler(SQLAlchemyError, database_failed)
    app.add_url_rule("/films/<int(max=99999):number>", view_func=film)
    return app
