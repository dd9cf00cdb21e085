"""Stocktake of a warehouse: the differences that were counted are added to the stock."""
import logging

from sqlalchemy import Column, Integer, MetaData, String, Table, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

log = logging.getLogger("warehouse")
metadata = MetaData()
stock = Table("stock", metadata, Column("sku", String(12), primary_key=True), Column("pieces", Integer, nullable=False))
counts = Table("counts", metadata, Column("number", Integer, primary_key=True), Column("lines", Integer, nullable=False))


class PostingError(Exception):
    pass


class Stocktake:
    def __init__(self, engine):
        self.engine = engine

    def pieces(self, sku):
        try:
            with self.engine.connect() as conn:
                return conn.scalar(select(stock.c.pieces).where(stock.c.sku == sku))
        except SQLAlchemyError as exc:
            raise PostingError("the stock cannot be read") from exc

    def post(self, number, differences):
        """Add the differences {sku: pieces} of a count; a count is posted once."""
        lines = [{"at": sku, "more": more} for sku, more in sorted(differences.items())]
        try:
            self._write(number, lines)
        except IntegrityError as exc:
            raise PostingError("this count was posted before") from exc
        except SQLAlchemyError as exc:
            log.error("count %s was not posted: %s", number, type(exc).__name__)
            raise PostingError("the count was not posted") from exc
        return len(lines)

    def _write(self, number, lines):
        add = update(stock).where(stock.c.sku == bindparam("at")).values(pieces=stock.c.pieces + bindparam("more"))
        with self.engine.begin() as conn:
            conn.execute(insert(counts), {"number": number, "lines": len(lines)})
            conn.execute(add, lines)
