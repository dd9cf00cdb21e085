from sqlalchemy import Index, String, func, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Case(Base):
    """A lost item."""

    __tablename__ = "cases"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(80))
    item: Mapped[str] = mapped_column(String(60))
    shelf: Mapped[str | None] = mapped_column(String(6))
    state: Mapped[str] = mapped_column(String(8), default="open")


Index("cases_by_email", func.lower(Case.email))
Index("open_cases", Case.item, sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'"))
