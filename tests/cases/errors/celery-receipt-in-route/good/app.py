"""Orders of a shop; receipts are written by a worker."""
import os
import sqlite3
from contextlib import closing

from celery import Celery
from flask import Flask, jsonify, request

queue = Celery("shop", broker="memory://", backend="cache+memory://")


def connect():
    return sqlite3.connect(os.environ["SHOP_DB"])


@queue.task(autoretry_for=(sqlite3.Error,), retry_backoff=True, max_retries=5)
def write_receipt(order):
    with closing(connect()) as conn, conn:
        conn.execute("INSERT OR REPLACE INTO receipts (order_id, state) VALUES (?, 'written')", (order,))
    return order


def create_app():
    app = Flask(__name__)

    @app.post("/orders")
    def order():
        item = request.get_json()["item"]
        try:
            with closing(connect()) as conn, conn:
                number = conn.execute("INSERT INTO orders (item) VALUES (?)", (item,)).lastrowid
        except sqlite3.Error:
            app.logger.exception("order not stored")
            return jsonify(error="please try again later"), 503
        write_receipt.delay(number)
        return jsonify(order=number), 201

    return app
