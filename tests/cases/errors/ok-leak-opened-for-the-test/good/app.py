import sqlite3


class LedgerError(Exception):
    pass


class Ledger:
    def __init__(self, path):
        try:
            self._conn = sqlite3.connect(path)
        except sqlite3.Error as exc:
            raise LedgerError("no ledger") from exc

    def close(self):
        self._conn.close()

    def book(self, cents):
        try:
            with self._conn:
                self._conn.execute("INSERT INTO ledger VALUES (?)", (cents,))
            return self._conn.execute("SELECT sum(cents) FROM ledger").fetchone()[0]
        except sqlite3.Error as exc:
            raise LedgerError("not booked") from exc
