"""Monthly report of a club's members."""
import os

import click
from sqlalchemy import create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Member(Base):
    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    month: Mapped[int] = mapped_column(index=True)


def engine():
    return create_engine(os.environ["CLUB_DB"])


@click.command()
@click.argument("month", type=click.IntRange(1, 12))
def joined(month):
    """Who joined in MONTH?"""
    try:
        with Session(engine()) as session:
            names = session.scalars(select(Member.name).where(Member.month == month).order_by(Member.name)).all()
    except SQLAlchemyError as exc:
        raise click.ClickException(f"the report could not be made: {getattr(exc, 'orig', None) or 'database error'}") from exc
    click.echo(f"{len(names)} joined: {', '.join(names)}")


if __name__ == "__main__":
    joined()
