"""Bus lines of a region."""
import logging

from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy import create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from models import Base, Line
from schemas import LineOut

log = logging.getLogger("bus")
router = APIRouter()


def get_session(request: Request):
    with request.app.state.sessions() as session:
        yield session


@router.get("/towns/{town}/lines")
def lines_of_town(
    town: str = Path(pattern=r"^[a-z-]{2,30}$"),
    limit: int = Query(20, ge=1, le=50),
    session: Session = Depends(get_session),
) -> list[LineOut]:
    query = select(Line).where(Line.town == town).order_by(Line.name).limit(limit)
    lines = session.scalars(query).all()
    return [LineOut.model_validate(line) for line in lines]


def database_down(request: Request, exc: SQLAlchemyError):
    log.error("timetable database failed", exc_info=exc)
    return JSONResponse({"error": "the timetable is not available"}, status_code=503)


def invalid(request: Request, exc: RequestValidationError):
    return JSONResponse({"error": "no such town"}, status_code=422)


def create_app(url):
    app = FastAPI()
    app.state.engine = create_engine(url)
    app.state.sessions = sessionmaker(app.state.engine)
    Base.metadata.create_all(app.state.engine)
    app.add_exception_handler(SQLAlchemyError, database_down)
    app.add_exception_handler(RequestValidationError, invalid)
    app.include_router(router)
    return app
