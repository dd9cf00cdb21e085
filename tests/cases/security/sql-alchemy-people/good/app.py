"""People of a company."""
import logging

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

log = logging.getLogger(__name__)
app = FastAPI()
engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)


def people(city):
    with engine.connect() as conn:
        return conn.execute(text("SELECT id, name FROM people WHERE city = :city LIMIT 10"), {"city": city}).all()


@app.get("/people")
def show(city: str):
    return [row.name for row in people(city)]


@app.exception_handler(SQLAlchemyError)
def failed(request: Request, exc: SQLAlchemyError):
    log.error("database failed", exc_info=exc)
    return JSONResponse({"error": "try again later"}, 503)
