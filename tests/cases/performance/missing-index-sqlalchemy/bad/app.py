import logging

from flask import Flask, jsonify
from sqlalchemy import ForeignKey, String, create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, sessionmaker
from sqlalchemy.pool import StaticPool

log = logging.getLogger(__name__)


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), index=True)
    author: Mapped[Author] = relationship()


engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
Session = sessionmaker(engine)
app = Flask(__name__)


@app.errorhandler(SQLAlchemyError)
def unavailable(error):
    log.error("the database does not answer: %s", error)
    return jsonify(error="not available right now"), 503



@app.get("/books")
def books():
    with Session() as session:
        titles = session.scalars(select(Book.title).where(Book.author_id.in_([1, 2])).order_by(Book.id).limit(50)).all()
        found = session.scalars(select(Book.author_id).where(Book.title == titles[0])).all()
        return jsonify([*titles, len(found), "Ann", "Ben"])
