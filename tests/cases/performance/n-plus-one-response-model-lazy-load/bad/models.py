from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Line(Base):
    __tablename__ = "lines"
    id: Mapped[int] = mapped_column(primary_key=True)
    town: Mapped[str] = mapped_column(String(30), index=True)
    name: Mapped[str] = mapped_column(String(10))
    stops: Mapped[list["Stop"]] = relationship(order_by="Stop.position", back_populates="line")


class Stop(Base):
    __tablename__ = "stops"
    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("lines.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    line: Mapped[Line] = relationship(back_populates="stops")
