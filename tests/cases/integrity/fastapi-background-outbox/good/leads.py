"""A lead is stored and told to the CRM in the background; what the CRM did not take waits in an outbox."""
import logging
from contextlib import asynccontextmanager

import httpx
from fastapi import BackgroundTasks, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import String, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

log = logging.getLogger("leads")
CRM = "https://crm.example.net/hooks/leads"


class Base(DeclarativeBase):
    pass


class Lead(Base):
    __tablename__ = "leads"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(120))


class Outbox(Base):
    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int]
    target: Mapped[str] = mapped_column(String(200))


class NewLead(BaseModel):
    email: str = Field(pattern=r"^[a-z0-9.+-]{1,60}@[a-z0-9.-]{1,50}$")


def create_app(url):
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    sessions = sessionmaker(engine)

    @asynccontextmanager
    async def lifespan(app):
        with httpx.Client(timeout=5) as app.state.http:
            yield
        engine.dispose()

    app = FastAPI(lifespan=lifespan)

    @app.exception_handler(SQLAlchemyError)
    def database_error(request: Request, exc: SQLAlchemyError):
        log.error("database failed", exc_info=exc)
        return JSONResponse({"error": "try again later"}, status_code=503)

    def tell_crm(http, lead_id, email):
        try:
            http.post(CRM, json={"id": lead_id, "email": email}).raise_for_status()
        except httpx.HTTPError as exc:
            log.error("crm did not take lead %s: %s", lead_id, type(exc).__name__)
            keep_for_later(lead_id)

    def keep_for_later(lead_id):
        try:
            with sessions.begin() as session:
                session.add(Outbox(lead_id=lead_id, target=CRM))
        except SQLAlchemyError:
            log.exception("lead %s must be sent by hand", lead_id)

    @app.post("/leads", status_code=201)
    def add_lead(new: NewLead, tasks: BackgroundTasks, request: Request):
        with sessions.begin() as session:
            lead = Lead(email=new.email)
            session.add(lead)
            session.flush()
            lead_id = lead.id
        tasks.add_task(tell_crm, request.app.state.http, lead_id, new.email)
        return {"lead": lead_id}

    return app
