import sqlite3

from flask import Flask, Response, current_app

app = Flask(__name__)
app.config["DATABASE"] = "readings.db"


@app.errorhandler(sqlite3.Error)
def unavailable(error):
    app.logger.error("the database failed: %s", error)
    return {"error": "readings are not available right now"}, 503


def read(path):
    conn = sqlite3.connect(path)
    try:
        return conn.execute("SELECT station, value FROM readings ORDER BY rowid").fetchall()
    finally:
        conn.close()


def rows(readings):
    yield "station,value\n"
    for station, value in readings:
        yield f"{station},{value}\n"


@app.get("/readings.csv")
def export():
    return Response(rows(read(current_app.config["DATABASE"])), mimetype="text/csv")
