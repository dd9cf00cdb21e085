import re

from flask import Flask, abort, current_app

from .store import find_recipe


def recipe(name):
    if not re.fullmatch("[a-z]{1,40}", name):
        abort(404)
    minutes = find_recipe(current_app.config["DATABASE"], name)
    if minutes is None:
        abort(404)
    return {"name": name, "minutes": minutes}


def create_app(config):
    app = Flask(__name__)
    app.config.update(config)
    app.add_url_rule("/recipes/<name>", view_func=recipe)
    return app
