import logging
import os
from pathlib import Path

from flask import Flask

log = logging.getLogger("statements")
app = Flask(__name__)
app.config["FOLDER"] = os.environ.get("STATEMENTS", "/srv/statements")


@app.get("/statements/<int:year>")
def statement(year):
    try:
        return (Path(app.config["FOLDER"]) / f"{year}.txt").read_text()
    except OSError as exc:
        log.error("statement of %d cannot be read: %s", year, exc)
        return {"error": "it is not available at the moment"}, 503
