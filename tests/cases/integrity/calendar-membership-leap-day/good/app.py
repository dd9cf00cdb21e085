import sqlite3
from contextlib import closing
from datetime import date

from flask import Flask, abort, current_app, jsonify

app = Flask(__name__)


def connect():
    return closing(sqlite3.connect(current_app.config["DATABASE"]))


@app.errorhandler(sqlite3.Error)
def no_database(error):
    app.logger.error("database: %s", type(error).__name__)
    return jsonify(error="try again later"), 503


def in_a_year(day):
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)


@app.post("/members/<int:number>/renewal")
def renew(number):
    until = in_a_year(date.today()).isoformat()
    with connect() as conn, conn:
        changed = conn.execute("UPDATE members SET until = ? WHERE id = ?", (until, number)).rowcount
    if not changed:
        abort(404)
    return jsonify(until=until)
