import os
import sqlite3

from flask import Flask, g, jsonify, request

app = Flask(__name__)


def database():
    if "db" not in g:
        g.db = sqlite3.connect(os.environ["SHOP_DB"])
        g.db.row_factory = sqlite3.Row
    return g.db


@app.teardown_appcontext
def close(error):
    db = g.pop("db", None)
    if db is not None:
        db.close()


class Rates:
    """Asks for a currency at most once a request: there are two of them."""

    def __init__(self, conn):
        self.conn, self.known = conn, {}

    def __getitem__(self, currency):
        if currency not in self.known:
            row = self.conn.execute("SELECT rate FROM rates WHERE currency = ?", (currency,)).fetchone()
            self.known[currency] = row["rate"]
        return self.known[currency]


@app.post("/convert")
def convert():
    rates = Rates(database())
    prices = [(int(price), "nok" if number % 2 else "eur") for number, price in enumerate(request.form["prices"].split(","))]
    return jsonify([price * rates[currency] for price, currency in prices])
