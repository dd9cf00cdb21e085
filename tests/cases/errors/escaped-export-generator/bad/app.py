import sqlite3

from flask import Flask, Response, current_app

app = Flask(__name__)
app.config["DATABASE"] = "readings.db"


@app.errorhandler(sqlite3.Error)
def unavailable(error):
    app.logger.error("the database failed: %s", error)
    return {"error": "readings are not available right now"}, 503


def rows(path):
    conn = sqlite3.connect(path)
    try:
        yield "station,value\n"
        for station, value in conn.execute("SELECT station, value FROM readings ORDER BY rowid"):
            yield f"{station},{value}\n"
    finally:
        conn.close()


@app.get("/readings.csv")
def export():
    return Response(rows(current_app.config["DATABASE"]), mimetype="text/csv")
