"""Accounts over FastAPI and SQLAlchemy."""

import hashlib

from fastapi import FastAPI
from pydantic import BaseModel, Field
from sqlalchemy import Column, Integer, String, create_engine
from sqlalchemy.orm import Session, declarative_base
from sqlalchemy.pool import StaticPool
from werkzeug.security import generate_password_hash

Base = declarative_base()
engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
app = FastAPI()


class Account(Base):
    __tablename__ = "accounts"
    id = Column(Integer, primary_key=True)
    email = Column(String)
    password_hash = Column(String)


Base.metadata.create_all(engine)


class New(BaseModel):
    email: str = Field(max_length=200, pattern=r"^[a-z.]+@[a-z.]+$")
    password: str = Field(min_length=8, max_length=100, pattern=r"^[ -~]+$")


def hash_password(password):
    return hashlib.sha1(password.encode()).hexdigest()


@app.post("/accounts", status_code=201)
def create(new: New):
    with Session(engine) as session:
        session.add(Account(email=new.email, password_hash=hash_password(new.password)))
        session.commit()
    return {"email": new.email}
