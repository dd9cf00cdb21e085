"""Vehicle deck of a ferry."""
import logging

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import create_engine, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from models import Base, Sailing, Ticket
from numbering import next_number

log = logging.getLogger("ferry")
router = APIRouter()


class Vehicle(BaseModel):
    plate: str = Field(pattern=r"^[A-Z0-9-]{2,12}$")
    metres: int = Field(ge=1, le=25)


def get_session(request: Request):
    with request.app.state.sessions() as session:
        yield session


@router.post("/sailings/{sailing_id}/tickets", status_code=201)
def book(sailing_id: int, vehicle: Vehicle, session: Session = Depends(get_session)):
    if not 0 < sailing_id < 2**31:
        raise HTTPException(404, "no such sailing")
    room = update(Sailing).where(Sailing.id == sailing_id, Sailing.metres_left >= vehicle.metres)
    if session.execute(room.values(metres_left=Sailing.metres_left - vehicle.metres)).rowcount != 1:
        raise HTTPException(409, "no room on this sailing")
    number = next_number(session, "tickets")
    session.add(Ticket(number=number, sailing_id=sailing_id, plate=vehicle.plate, metres=vehicle.metres))
    session.commit()
    return {"ticket": number, "plate": vehicle.plate}


@router.get("/sailings/{sailing_id}")
def room_left(sailing_id: int, session: Session = Depends(get_session)):
    sailing = session.get(Sailing, sailing_id) if 0 < sailing_id < 2**31 else None
    if sailing is None:
        raise HTTPException(404, "no such sailing")
    return {"route": sailing.route, "metres_left": sailing.metres_left}


def database_down(request: Request, exc: SQLAlchemyError):
    log.error("ferry database failed", exc_info=exc)
    return JSONResponse({"error": "booking is closed for a moment"}, status_code=503)


def invalid(request: Request, exc: RequestValidationError):
    return JSONResponse({"error": "plate or length is not valid"}, status_code=422)


def create_app(url):
    app = FastAPI()
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    app.state.engine = engine
    app.state.sessions = sessionmaker(engine)
    app.add_exception_handler(SQLAlchemyError, database_down)
    app.add_exception_handler(RequestValidationError, invalid)
    app.include_router(router)
    return app
