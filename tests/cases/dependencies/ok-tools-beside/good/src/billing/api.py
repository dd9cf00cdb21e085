from billing import celery
from flask import Flask, jsonify
from requests_of_billing import total

app = Flask(__name__)


@app.get("/")
def home():
    return jsonify(queue=celery.QUEUE, total=total([1, 2]))
