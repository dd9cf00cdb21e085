"""A page of a beginner: there is no file that declares anything."""
from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/")
def home():
    return jsonify(hello="world")
