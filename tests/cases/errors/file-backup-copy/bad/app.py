"""Keeps a copy of a settings file beside it before an administrator changes it."""
import logging
import shutil
from pathlib import Path

from flask import Flask, jsonify

log = logging.getLogger("settings")
app = Flask(__name__)
app.config["FOLDER"] = "settings"


@app.post("/backup")
def backup():
    folder = Path(app.config["FOLDER"])
    shutil.copy(folder / "shop.ini", folder / "shop.ini.bak")
    log.info("a backup was made")
    return jsonify(backup="shop.ini.bak"), 201
