import sqlite3

from flask import Flask, jsonify

app = Flask(__name__)
app.config["DATABASE"] = "visits.db"


def add_visit(conn, page):
    for attempt in range(5):
        try:
            conn.execute("INSERT INTO visits (page) VALUES (?)", (page,))
            return
        except sqlite3.OperationalError:
            if attempt == 4:
                raise
            continue


@app.errorhandler(sqlite3.Error)
def busy(error):
    app.logger.warning("database: %s", error)
    return jsonify(error="try again in a minute"), 503


@app.post("/visits/<page>")
def visit(page):
    conn = sqlite3.connect(app.config["DATABASE"])
    try:
        add_visit(conn, page)
        conn.commit()
        count = conn.execute("SELECT count(*) FROM visits WHERE page = ?", (page,)).fetchone()[0]
    finally:
        conn.close()
    return jsonify(page=page, visits=count), 201
