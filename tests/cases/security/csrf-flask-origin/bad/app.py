import hmac
import secrets
import sqlite3

from flask import Flask, abort, g, redirect, request, session

app = Flask(__name__)
app.secret_key = "only-for-tests"
app.config.update(DATABASE="notes.db")


def db():
    if "db" not in g:
        g.db = sqlite3.connect(app.config["DATABASE"])
        g.db.execute("CREATE TABLE IF NOT EXISTS notes (owner TEXT, text TEXT)")
    return g.db


@app.teardown_appcontext
def close(error):
    if "db" in g:
        g.db.close()


@app.errorhandler(sqlite3.Error)
def failed(error):
    app.logger.error("the database failed", exc_info=error)
    return "try again later", 503


@app.post("/login")
def login():
    session["user"] = request.form["user"]
    session["csrf"] = secrets.token_hex(8)
    return {"csrf": session["csrf"]}


@app.post("/notes")
def add():
    if "user" not in session:
        abort(401)
    with db():
        db().execute("INSERT INTO notes VALUES (?, ?)", (session["user"], request.form["text"]))
    return redirect("/notes")
