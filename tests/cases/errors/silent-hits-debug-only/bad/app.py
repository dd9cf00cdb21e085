import contextlib
import sqlite3

from flask import Flask, current_app, jsonify

app = Flask(__name__)
app.config["DATABASE"] = "hits.db"


def hits(page):
    try:
        with contextlib.closing(sqlite3.connect(current_app.config["DATABASE"])) as conn:
            return conn.execute("SELECT count(*) FROM hits WHERE page = ?", (page,)).fetchone()[0]
    except sqlite3.Error:
        current_app.logger.debug("hits are not available")
        return 0


@app.get("/hits/<page>")
def show(page):
    return jsonify(page=page, hits=hits(page))
