"""Articles in a little markup: what is not on the list is written as text."""
import re
import sqlite3
from html import escape

from flask import Flask, g, redirect, render_template_string, request
from markupsafe import Markup

app = Flask(__name__)
app.config["DATABASE"] = "articles.db"
PAGE = "<!doctype html><title>Articles</title>{% for body in bodies %}<article>{{ body }}</article>{% endfor %}"


def db():
    if "db" not in g:
        g.db = sqlite3.connect(app.config["DATABASE"])
        g.db.execute("CREATE TABLE IF NOT EXISTS articles (id INTEGER PRIMARY KEY, body TEXT)")
    return g.db


@app.teardown_appcontext
def close(error):
    if "db" in g:
        g.db.close()


def clean(text):
    return Markup(re.sub(r"&lt;(/?(?:b|i|em|strong))&gt;", r"<\1>", escape(text)))


@app.post("/articles")
def write():
    with db():
        db().execute("INSERT INTO articles (body) VALUES (?)", (request.form["body"],))
    return redirect("/articles")


@app.get("/articles")
def read():
    rows = db().execute("SELECT body FROM articles ORDER BY id").fetchall()
    return render_template_string(PAGE, bodies=[clean(body) for (body,) in rows])
