import logging, sqlite3, os
from flask import Flask
app = Flask(__name__)
@app.errorhandler(sqlite3.Error)
def bad(e):
    app.logger.error("db failed")
    return "sorry", 503
@app.post("/add")
def add():
    conn = sqlite3.connect(os.environ["DBX"])
    conn.execute("INSERT INTO t VALUES (1)")
    conn.commit()
    return "ok"
