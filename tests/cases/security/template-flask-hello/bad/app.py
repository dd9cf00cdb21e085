"""Greets people."""
from flask import Flask, render_template_string, request
from markupsafe import escape

app = Flask(__name__)


def greeting(name):
    return render_template_string(f"<h1>Hello {escape(name)}</h1>")


@app.get("/hello")
def hello():
    return greeting(request.args.get("name", "you"))
