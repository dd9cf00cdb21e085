"""RFC 9457 problem details for everything."""
import logging

from flask import jsonify
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

log = logging.getLogger("inventory")


def problem(status, title, detail):
    response = jsonify(type="about:blank", title=title, status=status, detail=detail)
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def register(app):
    @app.errorhandler(HTTPException)
    def http_error(exc):
        return problem(exc.code, exc.name, exc.description)

    @app.errorhandler(SQLAlchemyError)
    def database_error(exc):
        log.error("database failed", exc_info=exc)
        return problem(503, "Service Unavailable", str(exc))
