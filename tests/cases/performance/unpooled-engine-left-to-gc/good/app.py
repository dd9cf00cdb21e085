"""Stock of a pharmacy."""
import logging

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

log = logging.getLogger("pharmacy")


def get_session(request: Request):
    with Session(request.app.state.engine) as session:
        yield session


def database_error(request: Request, exc: Exception):
    log.error("stock database failed", exc_info=exc)
    return JSONResponse({"detail": "please try again later"}, 503)


def create_app(url):
    app = FastAPI()
    app.state.engine = create_engine(url)
    app.add_exception_handler(SQLAlchemyError, database_error)

    @app.get("/stock/{pzn}")
    def stock(pzn: int, session: Session = Depends(get_session)):
        if not 0 < pzn < 10**8:
            raise HTTPException(404, "unknown article")
        row = session.execute(text("SELECT packs FROM stock WHERE pzn = :pzn"), {"pzn": pzn}).first()
        if row is None:
            raise HTTPException(404, "unknown article")
        return {"packs": row.packs}

    return app
