import json
from pathlib import Path

from flask import Flask, abort

app = Flask(__name__)
DATA = Path(__file__).parent / "countries.json"


@app.get("/countries/<code>")
def country(code):
    with DATA.open() as file:
        known = json.load(file)
    if code not in known:
        abort(404)
    return {"name": known[code]}
