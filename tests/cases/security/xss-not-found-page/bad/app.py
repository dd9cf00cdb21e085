from flask import Flask, request
from html import escape

app = Flask(__name__)


@app.errorhandler(404)
def lost(error):
    return f"<!doctype html><title>Lost</title><p>There is no {request.path} here, {escape(request.method)}.</p>", 404


@app.get("/")
def home():
    return "<!doctype html><title>Home</title><p>Welcome</p>"
