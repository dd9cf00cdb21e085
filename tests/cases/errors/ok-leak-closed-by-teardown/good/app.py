import sqlite3

from flask import Flask, abort, g, jsonify

app = Flask(__name__)
app.config["DATABASE"] = "names.db"


def get_db():
    if "db" not in g:
        g.db = sqlite3.connect(app.config["DATABASE"])
    return g.db


@app.teardown_appcontext
def close_db(error):
    db = g.pop("db", None)
    if db is not None:
        db.close()


@app.errorhandler(sqlite3.Error)
def no_database(error):
    app.logger.error("names: %s", error)
    return jsonify(error="no names right now"), 503


@app.get("/names/<int:number>")
def name(number):
    row = get_db().execute("SELECT name FROM names WHERE id = ?", (number,)).fetchone()
    if row is None:
        abort(404)
    return jsonify(name=row[0])
