"""Wheels of cheese, and the log of the cellar."""
from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Wheel(Base):
    __tablename__ = "wheels"
    id: Mapped[int] = mapped_column(primary_key=True)
    batch: Mapped[str] = mapped_column(String(20), index=True)
    shelf: Mapped[int]
    label: Mapped[str] = mapped_column(String(40), default="")
