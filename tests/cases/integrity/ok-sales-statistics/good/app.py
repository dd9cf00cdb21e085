"""Statistics of sales: averages for a chart, which nobody pays."""
import logging

import requests
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

log = logging.getLogger("charts")
CHARTS = "https://metrics.example/api/points"


class ChartError(Exception):
    pass


class Base(DeclarativeBase):
    pass


class Sale(Base):
    __tablename__ = "sales"
    id: Mapped[int] = mapped_column(primary_key=True)
    cents: Mapped[int]


class Daily(Base):
    __tablename__ = "sales_statistics"
    id: Mapped[int] = mapped_column(primary_key=True)
    sale_id: Mapped[int] = mapped_column(ForeignKey("sales.id"))
    price: Mapped[float]


def publish(sessions):
    try:
        with sessions.begin() as session:
            mean, last = session.execute(select(func.avg(Sale.cents), func.max(Sale.id))).one()
            session.add(Daily(sale_id=last, price=mean / 100))
        requests.post(CHARTS, json={"series": "sales", "price": mean / 100}, timeout=5).raise_for_status()
    except (SQLAlchemyError, requests.RequestException) as exc:
        log.error("the chart is of yesterday: %s", type(exc).__name__)
        raise ChartError("the chart was not updated") from exc
    return mean
