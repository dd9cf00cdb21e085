from concurrent.futures import ThreadPoolExecutor

import requests
from flask import Flask, jsonify, request

app = Flask(__name__)
session = requests.Session()


def price(article):
    reply = session.get(f"https://prices.example/articles/{article}", timeout=5)
    reply.raise_for_status()
    return reply.json()["price"]


@app.get("/prices")
def prices():
    articles = request.args["articles"].split(",")
    with ThreadPoolExecutor(4) as pool:
        return jsonify(list(pool.map(price, articles)))
