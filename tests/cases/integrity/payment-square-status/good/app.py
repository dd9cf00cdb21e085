import httpx
from sqlalchemy import String, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

PAYMENTS = "https://connect.squareup.com/v2/payments"


class CheckoutError(Exception):
    pass


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    cents: Mapped[int]
    status: Mapped[str] = mapped_column(String(10), default="new")


def sessions(url):
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    return sessionmaker(engine)


def take_payment(order):
    money = {"amount": order.cents, "currency": "USD"}
    body = {"idempotency_key": f"order-{order.id}", "source_id": "cnon:card", "amount_money": money}
    reply = httpx.post(PAYMENTS, json=body, timeout=15)
    reply.raise_for_status()
    payment = reply.json()["payment"]
    if payment["status"] != "COMPLETED" or payment["amount_money"] != money:
        raise CheckoutError("not completed")


def checkout(make_session, number):
    try:
        with make_session.begin() as session:
            order = session.get(Order, number)
            if order is None:
                raise CheckoutError("no such order")
            take_payment(order)
            order.status = "paid"
    except (httpx.HTTPError, ValueError, LookupError, TypeError, SQLAlchemyError) as exc:
        raise CheckoutError("the order is not paid") from exc
    return number
