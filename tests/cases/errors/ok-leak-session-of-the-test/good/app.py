from sqlalchemy import String, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class NoUser(Exception):
    pass


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))


def register(session, name):
    """Add a user; whoever gave the session closes it."""
    try:
        session.add(User(name=name))
        session.commit()
        return session.scalar(select(User.id).where(User.name == name))
    except SQLAlchemyError as exc:
        raise NoUser(name) from exc
