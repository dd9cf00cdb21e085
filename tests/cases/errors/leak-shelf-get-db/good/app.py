import logging

from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

log = logging.getLogger(__name__)
engine = create_engine("sqlite:///shelf.db", connect_args={"check_same_thread": False})
make_session = sessionmaker(engine)
app = FastAPI()


class Base(DeclarativeBase):
    pass


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]


def get_db():
    db = make_session()
    try:
        yield db
    finally:
        db.close()


@app.post("/books/{title}", status_code=201)
def add(title: str, db: Session = Depends(get_db)):
    try:
        db.add(Book(title=title))
        db.commit()
        titles = db.scalars(select(Book.title).order_by(Book.id)).all()
    except SQLAlchemyError as exc:
        log.exception("shelf")
        raise HTTPException(503, "the shelf is closed") from exc
    return {"titles": titles}
