"""Orders are accepted at once; a gateway that does not answer makes them 202 queued."""
import logging
from typing import Annotated, Protocol

from fastapi import Depends, FastAPI, HTTPException, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy import String
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

log = logging.getLogger("orders")


class GatewayDown(Exception):
    pass


class Gateway(Protocol):
    def submit(self, order_id: int, item: str) -> str: ...


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str | None] = mapped_column(String(40))


class NewOrder(BaseModel):
    item: str = Field(pattern="^[a-z ]{1,40}$")


def gateway(request: Request) -> Gateway:
    return request.app.state.gateway


def session(request: Request):
    with request.app.state.sessions() as session:
        yield session


app = FastAPI()


@app.exception_handler(SQLAlchemyError)
def database_error(request: Request, exc: SQLAlchemyError):
    log.error("database failed", exc_info=exc)
    return Response("try again later", 503, media_type="text/plain")


@app.post("/orders", status_code=201)
def add(new: NewOrder, response: Response, db: Annotated[Session, Depends(session)], gw: Annotated[Gateway, Depends(gateway)]):
    order = Order(item=new.item)
    db.add(order)
    db.flush()
    try:
        order.reference = gw.submit(order.id, order.item)
    except GatewayDown:
        log.warning("order %s is queued", order.id)
        response.status_code = 202
    db.commit()
    return {"order": order.id, "state": "queued" if order.reference is None else "placed"}
