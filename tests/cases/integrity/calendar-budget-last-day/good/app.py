import calendar
from datetime import date

from sqlalchemy import Integer, String, create_engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Expense(Base):
    __tablename__ = "expenses"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    what: Mapped[str] = mapped_column(String(80))
    cents: Mapped[int] = mapped_column(Integer)


class NoBudget(Exception):
    pass


def open_book(url):
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    return engine


def left_per_day(engine, budget):
    """What may be spent on each day that is left of this month, in cents."""
    today = date.today()
    left = calendar.monthrange(today.year, today.month)[1] - today.day + 1  # today as well
    try:
        with Session(engine) as session:
            spent = session.scalar(select(func.coalesce(func.sum(Expense.cents), 0)))
    except SQLAlchemyError as exc:
        raise NoBudget("the book cannot be read") from exc
    return (budget - spent) // left
