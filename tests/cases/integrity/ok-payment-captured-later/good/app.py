import sqlite3
from contextlib import closing

import requests

PAY = "https://payments.example.org/v1"


class PaymentError(Exception):
    pass


class Till:
    def __init__(self):
        self.http = requests.Session()

    def _post(self, path, body, key):
        reply = self.http.post(f"{PAY}/{path}", json=body, headers={"Idempotency-Key": key}, timeout=(3, 20))
        reply.raise_for_status()
        return reply.json()

    def take(self, order, cents):
        """The capture has the last word: it fails where nothing was authorised."""
        money = {"amount": cents, "currency": "EUR"}
        payment = self._post("payments", money, f"{order}-authorise")
        taken = self._post(f"payments/{payment['id']}/captures", money, f"{order}-capture")
        if (taken["status"], taken["amount"], taken["currency"]) != ("captured", cents, "EUR"):
            raise PaymentError("not captured")


def pay(path, order):
    try:
        with closing(sqlite3.connect(path)) as conn, conn:
            row = conn.execute("SELECT cents FROM orders WHERE id = ?", (order,)).fetchone()
            Till().take(order, row[0])
            conn.execute("UPDATE orders SET state = 'paid' WHERE id = ?", (order,))
    except (requests.RequestException, ValueError, LookupError, TypeError, sqlite3.Error) as exc:
        raise PaymentError("not paid") from exc
    return "paid"
