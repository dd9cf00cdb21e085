import json

from flask import Flask, request
from markupsafe import Markup

app = Flask(__name__)


def to_script(value):
    return json.dumps(value)


@app.get("/chart")
def chart():
    data = {"title": request.args.get("title", ""), "points": [3, 1, 4]}
    return f"<!doctype html><title>Chart</title><canvas id=c></canvas><script>draw({to_script(data)});</script>"
