"""Runs with any Flask: what later ones have not is imported only where it is there."""
from flask import Flask, request

try:
    from flask import escape
except ImportError:
    from markupsafe import escape

app = Flask(__name__)


@app.get("/hello")
def hello():
    return f"hello {escape(request.args.get('name', 'you'))}"
