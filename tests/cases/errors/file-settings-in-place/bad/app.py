import json
import os
from pathlib import Path

from flask import Flask, abort, request

app = Flask(__name__)
app.config["SETTINGS"] = os.environ.get("SETTINGS", "settings.json")


def load():
    try:
        text = Path(app.config["SETTINGS"]).read_text()
    except FileNotFoundError:
        return {}
    except OSError:
        app.logger.exception("settings cannot be read")
        abort(503)
    return json.loads(text)


def store(settings):
    Path(app.config["SETTINGS"]).write_text(json.dumps(settings))


@app.put("/settings/<name>")
def put(name):
    settings = load()
    settings[name] = request.get_data(as_text=True)
    try:
        store(settings)
    except OSError:
        app.logger.exception("settings cannot be written")
        abort(503)
    return settings
