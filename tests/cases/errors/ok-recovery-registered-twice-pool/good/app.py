"""Readers of a library sign up; the name is unique."""
import logging

from flask import Flask, jsonify, request
from sqlalchemy import String, create_engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

log = logging.getLogger("readers")


class Base(DeclarativeBase):
    pass


class Reader(Base):
    __tablename__ = "readers"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)


def create_app(url):
    app = Flask(__name__)
    engine = create_engine(url)
    Base.metadata.create_all(engine)

    @app.errorhandler(DBAPIError)
    def unavailable(error):
        if isinstance(error, IntegrityError):  # who signs up twice has made a mistake of his own
            raise error
        log.error("database failed", exc_info=error)
        return jsonify(error="try again later"), 503

    @app.post("/readers")
    def sign_up():
        name = str((request.get_json(silent=True) or {}).get("name", ""))[:80]
        if not name.isprintable() or not name:
            return jsonify(error="a name is missing"), 400
        with Session(engine) as session, session.begin():
            session.add(Reader(name=name))
        return jsonify(name=name), 201

    return app
