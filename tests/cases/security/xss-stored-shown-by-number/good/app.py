import sqlite3
from flask import Flask, request, render_template_string
app = Flask(__name__)
db = sqlite3.connect(":memory:", check_same_thread=False)
db.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, title TEXT UNIQUE, text TEXT)")

@app.errorhandler(sqlite3.Error)
def bad(e):
    app.logger.error("db", exc_info=e)
    return "sorry", 503

@app.post("/notes")
def add():
    cur = db.execute("INSERT INTO notes (title, text) VALUES (?, ?) ON CONFLICT DO NOTHING", (request.form["title"], request.form["text"]))
    db.commit()
    if not cur.rowcount:
        return {"error": "taken"}, 409
    return {"id": cur.lastrowid}, 201

@app.get("/notes/<number>")
def show(number):
    row = db.execute("SELECT title, text FROM notes WHERE id = ?", (number,)).fetchone()
    if row is None:
        return "no", 404
    return render_template_string("<h1>{{ t }}</h1><p>{{ x }}</p>", t=row[0], x=row[1])
