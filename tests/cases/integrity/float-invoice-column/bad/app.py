"""Invoices of a plumber."""
import logging
from decimal import Decimal

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel
from sqlalchemy import Float, String
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

log = logging.getLogger("invoices")
app = FastAPI()
sessions = sessionmaker()


class Base(DeclarativeBase):
    pass


class Invoice(Base):
    __tablename__ = "invoices"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(String(80))
    amount: Mapped[Decimal] = mapped_column(Float(asdecimal=True))


class NewInvoice(BaseModel):
    customer: str
    amount: Decimal


def get_session():
    with sessions() as session:
        yield session


def store(session, invoice):
    row = Invoice(customer=invoice.customer, amount=invoice.amount)
    session.add(row)
    session.commit()
    return row.id


@app.post("/invoices", status_code=201)
def create(invoice: NewInvoice, session: Session = Depends(get_session)):
    try:
        return {"invoice": store(session, invoice)}
    except SQLAlchemyError:
        session.rollback()
        log.exception("an invoice was not stored")
        raise HTTPException(503, "try again later") from None
