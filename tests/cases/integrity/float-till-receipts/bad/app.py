"""The till of a bakery."""
import sqlite3
from contextlib import closing


class TillError(Exception):
    pass


PRICES = {"bun": 0.35, "loaf": 4.2}


class Till:
    def __init__(self, path):
        self.path = path

    def open(self):
        with closing(sqlite3.connect(self.path)) as conn, conn:
            conn.execute("CREATE TABLE IF NOT EXISTS receipts (id INTEGER PRIMARY KEY, pieces INTEGER, total REAL)")

    def sell(self, basket):
        total = sum(PRICES[name] * pieces for name, pieces in basket.items())
        try:
            with closing(sqlite3.connect(self.path)) as conn, conn:
                conn.execute("INSERT INTO receipts VALUES (NULL, ?, ?)", (sum(basket.values()), total))
        except sqlite3.Error as exc:
            raise TillError("the sale was not stored") from exc
        return f"{total:.2f}"


def open_till(path):
    till = Till(path)
    try:
        till.open()
    except sqlite3.Error as exc:
        raise TillError("the till cannot be opened") from exc
    return till
