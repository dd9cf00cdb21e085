"""Orders of a nursery: the order and its lines."""
import logging
import sqlite3
from contextlib import closing

log = logging.getLogger("nursery")


class OrderError(Exception):
    pass


class Orders:
    def __init__(self, path):
        self.path = path

    def _connect(self):
        return sqlite3.connect(self.path, timeout=3)

    def add_order(self, customer):
        with closing(self._connect()) as conn, conn:
            return conn.execute("INSERT INTO orders (customer) VALUES (?)", (customer,)).lastrowid

    def add_lines(self, number, lines):
        with closing(self._connect()) as conn, conn:
            conn.executemany(
                "INSERT INTO order_lines (order_id, plant, pieces) VALUES (?, ?, ?)",
                [(number, plant, pieces) for plant, pieces in lines],
            )


def place_order(orders, customer, lines):
    try:
        number = orders.add_order(customer)
        orders.add_lines(number, lines)
    except sqlite3.Error as exc:
        log.exception("order of %s was not stored", customer)
        raise OrderError("the order was not placed") from exc
    return number
