import dataclasses
import datetime as dt
import sqlite3
from collections.abc import Callable

from .calendar import next_month


class SubscriptionError(Exception):
    pass


@dataclasses.dataclass(frozen=True)
class Subscription:
    customer: str
    starts: dt.date
    next_bill: dt.date


class Subscriptions:
    def __init__(self, connect: Callable[[], sqlite3.Connection]):
        self._connect = connect

    def start(self, customer: str) -> Subscription:
        today = dt.datetime.now(dt.timezone.utc).date()
        new = Subscription(customer, today, next_month(today))
        try:
            connection = self._connect()
            try:
                with connection:
                    connection.execute(
                        "INSERT INTO subscriptions (customer, starts, next_bill) VALUES (?, ?, ?)",
                        (new.customer, new.starts.isoformat(), new.next_bill.isoformat()),
                    )
            finally:
                connection.close()
        except sqlite3.Error as exc:
            raise SubscriptionError("the subscription was not stored") from exc
        return new
