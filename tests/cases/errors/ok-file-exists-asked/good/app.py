import os
from pathlib import Path

from flask import Flask, abort

app = Flask(__name__)
app.config["DIARY"] = os.environ.get("DIARY", "diary")


@app.get("/pages/<int:number>")
def page(number):
    path = Path(app.config["DIARY"]) / f"{number}.txt"
    if not path.exists():
        abort(404)
    return path.read_text()
