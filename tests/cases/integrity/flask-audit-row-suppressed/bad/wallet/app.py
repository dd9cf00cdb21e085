import contextlib
import logging

from flask import Flask, jsonify, request
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker

from .models import Account, AuditEntry, Base

log = logging.getLogger("wallet")


def create_app(url):
    app = Flask(__name__)
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    app.extensions["sessions"] = sessions = sessionmaker(engine)

    @app.errorhandler(SQLAlchemyError)
    def database_failed(exc):
        log.error("database failed", exc_info=exc)
        return jsonify(error={"code": "unavailable", "message": "try again later"}), 503

    @app.post("/accounts/<int:number>/deposits")
    def deposit(number):
        body = request.get_json(silent=True)
        cents = body.get("cents") if isinstance(body, dict) else None
        if type(cents) is not int or not 0 < cents <= 100_000_00:
            return jsonify(error={"code": "invalid", "message": "cents is missing"}), 400
        if not 0 < number < 2**31:
            return jsonify(error={"code": "unknown", "message": "no such account"}), 404
        with sessions.begin() as session:
            account = session.get(Account, number, with_for_update=True)
            if account is None:
                return jsonify(error={"code": "unknown", "message": "no such account"}), 404
            account.balance_cents = Account.balance_cents + cents
            session.flush()
            audit(session, account.id, "deposit", cents)
            balance = account.balance_cents
        return jsonify(account=number, balance_cents=balance), 201

    def audit(session, account_id, action, cents):
        with contextlib.suppress(SQLAlchemyError), session.begin_nested():
            session.add(AuditEntry(account_id=account_id, action=action, amount_cents=cents))
            session.flush()

    return app
