import os
from pathlib import Path

from flask import Flask, abort

app = Flask(__name__)
app.config["NOTES"] = os.environ.get("NOTES", "notes")


@app.get("/notes/<int:number>")
def show(number):
    path = Path(app.config["NOTES"]) / f"{number}.txt"
    with open(path, encoding="utf-8") as file:
        return {"text": file.read()}
