import logging

from flask import Flask, jsonify, render_template_string
from sqlalchemy import ForeignKey, String, create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, joinedload, sessionmaker
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



PAGE = "{% for book in books %}<p>{{ book.title }} by {{ book.author.name }}</p>{% endfor %}"


@app.get("/books")
def books():
    with Session() as session:
        found = session.scalars(select(Book).options(joinedload(Book.author)).order_by(Book.id).limit(50)).all()
        return render_template_string(PAGE, books=found)
