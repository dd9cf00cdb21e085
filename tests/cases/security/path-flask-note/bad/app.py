"""Notes of a team, one file each."""
import os

from flask import Flask, abort, request

app = Flask(__name__)
app.config["NOTES"] = "notes"


@app.get("/note")
def show_note():
    path = os.path.join(app.config["NOTES"], request.args.get("name", ""))
    if not os.path.isfile(path):
        abort(404)
    with open(path, encoding="utf-8") as file:
        return file.read(), 200, {"Content-Type": "text/plain"}
