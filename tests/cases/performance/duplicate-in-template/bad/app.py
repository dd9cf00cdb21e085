import os
import sqlite3

from flask import Flask, g, jsonify, render_template_string

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


PAGE = """<p>{{ cart.total }}</p>{% if cart.total > 5 %}<p>free delivery</p>{% endif %}<footer>{{ cart.total }}</footer>"""


class Cart:
    def __init__(self, conn, customer):
        self.conn, self.customer = conn, customer

    @property
    def total(self):
        row = self.conn.execute("SELECT sum(total) FROM orders WHERE customer_id = ?", (self.customer,)).fetchone()
        return row[0]


@app.get("/cart/<int:customer>")
def cart(customer):
    return render_template_string(PAGE, cart=Cart(database(), customer))
