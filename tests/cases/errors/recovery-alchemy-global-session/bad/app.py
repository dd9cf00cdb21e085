import logging

from flask import Flask, request
from sqlalchemy import String, create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool

engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
session = Session(engine)

app = Flask(__name__)
log = logging.getLogger(__name__)


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(200))


Base.metadata.create_all(engine)


@app.errorhandler(SQLAlchemyError)
def unavailable(error):
    log.error("database failed: %s", type(error).__name__)
    return {"error": "not available"}, 503


@app.post("/notes")
def add_note():
    note = Note(text=request.get_json()["text"])
    session.add(note)
    session.commit()
    return {"id": note.id}, 201
