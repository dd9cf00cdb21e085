"""Accounts of a canteen: pupils send each other what is left on their card."""
import logging
import sqlite3

from flask import Flask, current_app, g, jsonify, request

log = logging.getLogger("canteen")
app = Flask(__name__)


def db():
    if "db" not in g:
        g.db = sqlite3.connect(current_app.config["DATABASE"])
    return g.db


@app.teardown_appcontext
def close(exc):
    conn = g.pop("db", None)
    if conn is not None:
        conn.close()


@app.errorhandler(sqlite3.Error)
def unavailable(exc):
    log.error("database failed", exc_info=exc)
    return jsonify(error="try again later"), 503


def transfer(conn, payer, payee, cents):
    with conn:
        taken = conn.execute(
            "UPDATE cards SET cents = cents - ? WHERE owner = ? AND cents >= ?", (cents, payer, cents)
        ).rowcount
        if taken:
            conn.execute("UPDATE cards SET cents = cents + ? WHERE owner = ?", (cents, payee))
    return bool(taken)


@app.post("/transfers")
def create():
    body = request.get_json()
    if not transfer(db(), body["from"], body["to"], body["cents"]):
        return jsonify(error="not enough money"), 409
    return jsonify(sent=body["cents"]), 201
