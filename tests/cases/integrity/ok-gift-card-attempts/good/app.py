"""Gift cards: every attempt to redeem one is counted, whether it works or not."""
import logging
import sqlite3

log = logging.getLogger("gifts")


class GiftError(Exception):
    pass


class Gifts:
    def __init__(self, conn):
        self.conn = conn

    def redeem(self, code, account):
        try:
            with self.conn:
                self.conn.execute("INSERT INTO redeem_attempts (code, account) VALUES (?, ?)", (code, account))
            with self.conn:
                card = self.conn.execute("SELECT cents FROM cards WHERE code = ? AND used = 0", (code,)).fetchone()
                if card is None:
                    return 0
                self.conn.execute("UPDATE cards SET used = 1 WHERE code = ?", (code,))
                self.conn.execute("UPDATE accounts SET cents = cents + ? WHERE name = ?", (card[0], account))
        except sqlite3.Error as exc:
            log.exception("code of %s", account)
            raise GiftError("the card was not redeemed, please try again") from exc
        return card[0]
