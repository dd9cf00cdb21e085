"""Notes of a team, one file each."""
import os

from flask import Flask, abort, request
from werkzeug.security import safe_join

app = Flask(__name__)
app.config["NOTES"] = "notes"


@app.get("/note")
def show_note():
    path = safe_join(app.config["NOTES"], request.args.get("name", ""))
    if path is None or not os.path.isfile(path):
        abort(404)
    with open(path, encoding="utf-8") as file:
        return file.read(), 200, {"Content-Type": "text/plain"}
