"""Greets people."""
from flask import Flask, render_template_string, request

app = Flask(__name__)


def greeting(name):
    return render_template_string("<h1>Hello {{ name }}</h1>", name=name)


@app.get("/hello")
def hello():
    return greeting(request.args.get("name", "you"))
