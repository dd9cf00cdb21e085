"""HTTP interface of the lending desk. One session a request."""
import logging
from datetime import date

from flask import Blueprint, Flask, current_app, jsonify, request
from pydantic import BaseModel, Field, ValidationError
from sqlalchemy import create_engine, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import scoped_session, sessionmaker

from models import Base, Loan

log = logging.getLogger("desk")
desk = Blueprint("desk", __name__)


class LoanRequest(BaseModel):
    copy_id: int = Field(gt=0, lt=2**31, strict=True)
    reader_id: int = Field(gt=0, lt=2**31, strict=True)


def session():
    return current_app.extensions["sessions"]()


@desk.post("/loans")
def lend():
    wanted = LoanRequest.model_validate(request.get_json(silent=True))
    loan = Loan(copy_id=wanted.copy_id, reader_id=wanted.reader_id, lent_on=date.today().isoformat())
    session().add(loan)
    session().flush()
    return jsonify(id=loan.id, copy=loan.copy_id), 201


@desk.post("/copies/<int(max=2147483647):copy_id>/return")
def give_back(copy_id):
    loan = session().scalar(select(Loan).where(Loan.copy_id == copy_id, Loan.returned_on.is_(None)))
    if loan is None:
        return jsonify(error="this copy is not lent"), 404
    loan.returned_on = date.today().isoformat()
    session().flush()
    return jsonify(copy=copy_id, returned=True)


def close_session(exc=None):
    """End the unit of work: views only add to it."""
    sessions = current_app.extensions["sessions"]
    try:
        if exc is None:
            sessions().commit()
    except SQLAlchemyError as error:
        log.warning("unit of work was rolled back: %s", type(error).__name__)
        sessions().rollback()
    finally:
        sessions.remove()


def invalid(exc):
    return jsonify(error="copy_id and reader_id are needed"), 422


def taken(exc):
    session().rollback()
    return jsonify(error="this copy is lent already"), 409


def database_down(exc):
    log.error("loans database failed", exc_info=exc)
    session().rollback()
    return jsonify(error="the desk is closed for a moment"), 503


def create_app(url):
    app = Flask(__name__)
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    app.extensions["engine"] = engine
    app.extensions["sessions"] = scoped_session(sessionmaker(engine))
    app.register_blueprint(desk)
    app.register_error_handler(ValidationError, invalid)
    app.register_error_handler(IntegrityError, taken)
    app.register_error_handler(SQLAlchemyError, database_down)
    app.teardown_request(close_session)
    return app
