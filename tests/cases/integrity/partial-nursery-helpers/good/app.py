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

    def add(self, customer, lines):
        with closing(sqlite3.connect(self.path, timeout=3)) as conn, conn:
            number = conn.execute("INSERT INTO orders (customer) VALUES (?)", (customer,)).lastrowid
            conn.executemany(
                "INSERT INTO order_lines (order_id, plant, pieces) VALUES (?, ?, ?)",
                [(number, plant, pieces) for plant, pieces in lines],
            )
        return number


def place_order(orders, customer, lines):
    try:
        return orders.add(customer, lines)
    except sqlite3.Error as exc:
        log.exception("order of %s was not stored", customer)
        raise OrderError("the order was not placed") from exc
