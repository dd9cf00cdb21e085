import re

from flask import Flask, abort, request
from sqlalchemy import String, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, scoped_session, sessionmaker
from sqlalchemy.pool import StaticPool

app = Flask(__name__)
engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
db = scoped_session(sessionmaker(engine, expire_on_commit=False))
TEXT = re.compile(r"[\w .,!?'-]{1,200}")


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(200))


@app.teardown_appcontext
def remove_session(exc=None):
    db.remove()


def unavailable():
    db.rollback()
    app.logger.exception("notes are unavailable")
    return {"error": "notes are unavailable"}, 503


@app.post("/notes")
def add():
    body = request.get_json()
    text = body.get("text") if isinstance(body, dict) else None
    if not isinstance(text, str) or not TEXT.fullmatch(text):
        abort(400)
    note = Note(text=text)
    try:
        db.add(note)
        db.flush()
        db.commit()
    except SQLAlchemyError:
        return unavailable()
    return {"id": note.id, "text": text}, 201


@app.get("/notes/<int(max=1000000000):number>")
def read(number):
    try:
        note = db.get(Note, number)
    except SQLAlchemyError:
        return unavailable()
    if note is None:
        abort(404)
    return {"id": note.id, "text": note.text}
