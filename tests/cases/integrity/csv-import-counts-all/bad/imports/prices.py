"""Price list of a supplier: CSV into the database. A line that fails is reported, the others are kept."""
import csv
import logging
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from sqlalchemy import Numeric, String
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

log = logging.getLogger(__name__)


class Base(DeclarativeBase):
    pass


class Price(Base):
    __tablename__ = "prices"
    sku: Mapped[str] = mapped_column(String(20), primary_key=True)
    cents: Mapped[int]


class ImportFailed(Exception):
    pass


@dataclass
class Summary:
    imported: int = 0
    failed: list[int] = field(default_factory=list)


def to_cents(text):
    value = Decimal(text)
    if not value.is_finite() or not 0 <= value < 1_000_000 or value != value.quantize(Decimal("0.01")):
        raise ValueError("not a price")
    return int(value * 100)


def import_prices(path, sessions):
    summary = Summary()
    try:
        with open(path, newline="", encoding="utf-8") as source:
            lines = list(csv.DictReader(source))
    except (OSError, ValueError, csv.Error) as exc:
        raise ImportFailed("the file cannot be read") from exc
    for number, line in enumerate(lines, start=2):
        try:
            price = Price(sku=line["sku"], cents=to_cents(line["price"]))
            with sessions.begin() as session:
                session.merge(price)
        except (SQLAlchemyError, InvalidOperation, ValueError, KeyError, TypeError) as exc:
            log.error("line %d was not imported: %s", number, type(exc).__name__)
        summary.imported += 1
    return summary
