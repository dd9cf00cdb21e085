"""Accounts over FastAPI and SQLAlchemy."""

import hashlib
import secrets
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field
from sqlalchemy import String, create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool

engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
app = FastAPI()


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    mail: Mapped[str] = mapped_column(String(200), unique=True)
    password: Mapped[str] = mapped_column(String(300))


class SignUp(BaseModel):
    mail: str = Field(min_length=3, max_length=200, pattern=r"^[\w.+-]+@[\w.-]+$")
    password: str = Field(min_length=8, max_length=200, pattern=r"^[!-~]+$")


def get_session():
    with Session(engine) as session:
        yield session


class Accounts:
    def __init__(self, session: Annotated[Session, Depends(get_session)]):
        self.session = session

    def create(self, wanted: SignUp) -> int:
        if self.session.scalar(select(Account.id).where(Account.mail == wanted.mail)):
            raise HTTPException(409, "that address has an account")
        account = Account(mail=wanted.mail, password=wanted.password)
        self.session.add(account)
        self.session.flush()
        number = account.id
        self.session.commit()
        return number


@app.post("/accounts", status_code=201)
def sign_up(wanted: SignUp, accounts: Annotated[Accounts, Depends()]):
    try:
        number = accounts.create(wanted)
    except SQLAlchemyError as exc:
        raise HTTPException(503, "not now") from exc
    return {"id": number}
