import sqlite3

from flask import Flask, jsonify, request

app = Flask(__name__)
app.config["DATABASE"] = "orders.db"


@app.errorhandler(sqlite3.Error)
def database_down(error):
    app.logger.error("database: %s", error)
    return jsonify(error="orders are closed for a moment"), 503


@app.post("/orders")
def order():
    item = request.get_json()["item"]
    conn = sqlite3.connect(app.config["DATABASE"])
    try:
        number = conn.execute("INSERT INTO orders (item) VALUES (?)", (item,)).lastrowid
        conn.commit()
    finally:
        conn.close()
    return jsonify(id=number), 201
