import logging

import httpx
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel
from sqlalchemy import String, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

log = logging.getLogger("donations")
CHARGES = "https://pay.example.com/v1/charges"


class Base(DeclarativeBase):
    pass


class Donation(Base):
    __tablename__ = "donations"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[str] = mapped_column(String(40))


class Gift(BaseModel):
    key: str
    cents: int


def create_app(url, transport=None):
    app = FastAPI()
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    app.state.engine = engine
    sessions = sessionmaker(engine)
    http = httpx.Client(timeout=10, transport=transport)

    @app.post("/donations", status_code=201)
    def donate(gift: Gift):
        order = {"amount": gift.cents, "currency": "EUR"}
        try:
            reply = http.post(CHARGES, json=order, headers={"Idempotency-Key": gift.key})
            reply.raise_for_status()
            charge = reply.json()
            values = {name: charge[name] for name in ("id", "amount", "currency", "status")}
            with sessions.begin() as session:
                session.add(Donation(**values))
        except (httpx.HTTPError, ValueError, LookupError, TypeError) as exc:
            log.warning("charge: %s", type(exc).__name__)
            raise HTTPException(502, "the donation did not go through") from exc
        except SQLAlchemyError as exc:
            log.exception("charge was not stored")
            raise HTTPException(503, "please try again later") from exc
        return {"donation": "received"}

    return app
