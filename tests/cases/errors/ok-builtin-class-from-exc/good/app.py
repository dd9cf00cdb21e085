import sqlite3
from contextlib import closing

import requests


class Ledger:
    def __init__(self, path):
        self.path = path

    def add(self, cents):
        try:
            with closing(sqlite3.connect(self.path)) as conn, conn:
                conn.execute("INSERT INTO entries (cents) VALUES (?)", (cents,))
        except sqlite3.Error as exc:
            raise RuntimeError("the entry was not made") from exc

    def balance(self):
        try:
            with closing(sqlite3.connect(self.path)) as conn:
                return conn.execute("SELECT coalesce(sum(cents), 0) FROM entries").fetchone()[0]
        except sqlite3.Error as exc:
            raise OSError("the ledger cannot be read") from exc


def remote_balance():
    try:
        reply = requests.get("https://bank.example/balance", timeout=(3, 30))
        reply.raise_for_status()
        cents = reply.json()["cents"]
    except requests.RequestException as exc:
        raise ConnectionError("the bank does not answer") from exc
    except (ValueError, KeyError, TypeError) as exc:
        raise ValueError("the bank answers nonsense") from exc
    if not isinstance(cents, int):
        raise TypeError("the bank answers nonsense")
    return cents
