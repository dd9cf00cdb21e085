"""Loans of a village library."""
from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Loan(Base):
    __tablename__ = "loans"
    __table_args__ = (
        Index("one_open_loan", "copy_id", unique=True, sqlite_where=text("returned_on IS NULL")),
        CheckConstraint("reader_id > 0"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    copy_id: Mapped[int]
    reader_id: Mapped[int] = mapped_column(index=True)
    lent_on: Mapped[str] = mapped_column(String(10))
    returned_on: Mapped[str | None] = mapped_column(String(10))
