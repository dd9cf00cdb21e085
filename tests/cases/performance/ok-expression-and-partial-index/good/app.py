"""Lost property of an airport."""
import logging

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy import create_engine, func, literal_column, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from models import Base, Case

log = logging.getLogger("lost")
router = APIRouter(prefix="/cases")
OPEN = Case.state == literal_column("'open'")


def get_session(request: Request):
    with request.app.state.sessions() as session:
        yield session


@router.get("/mine")
def mine(email: str = Query(pattern=r"^[\w.+-]{1,40}@[\w.-]{1,40}$"), session: Session = Depends(get_session)):
    query = select(Case.id, Case.item, Case.state).where(func.lower(Case.email) == email.lower())
    return [dict(row) for row in session.execute(query.order_by(Case.id).limit(50)).mappings()]


@router.get("/open")
def open_cases(item: str = Query(pattern=r"^[a-z ]{2,40}$"), session: Session = Depends(get_session)):
    query = select(Case.id, Case.shelf).where(OPEN, Case.item == item).order_by(Case.id).limit(50)
    return [dict(row) for row in session.execute(query).mappings()]


def database_down(request: Request, exc: SQLAlchemyError):
    log.error("cases cannot be read", exc_info=exc)
    return JSONResponse({"error": "please ask at the desk"}, status_code=503)


def invalid(request: Request, exc: RequestValidationError):
    return JSONResponse({"error": "not valid"}, status_code=422)


def create_app(url):
    app = FastAPI()
    app.state.engine = create_engine(url)
    app.state.sessions = sessionmaker(app.state.engine)
    Base.metadata.create_all(app.state.engine)
    app.add_exception_handler(SQLAlchemyError, database_down)
    app.add_exception_handler(RequestValidationError, invalid)
    app.include_router(router)
    return app
