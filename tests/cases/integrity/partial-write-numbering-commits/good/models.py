from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Sailing(Base):
    __tablename__ = "sailings"
    id: Mapped[int] = mapped_column(primary_key=True)
    route: Mapped[str] = mapped_column(String(30))
    metres_left: Mapped[int]


class Series(Base):
    """Running numbers without gaps, as the port authority wants them."""

    __tablename__ = "series"
    name: Mapped[str] = mapped_column(String(10), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class Ticket(Base):
    __tablename__ = "tickets"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sailing_id: Mapped[int] = mapped_column(ForeignKey("sailings.id"), index=True)
    plate: Mapped[str] = mapped_column(String(12))
    metres: Mapped[int]
