import re

from flask import Flask, abort, current_app

from .store import StoreError, find_recipe


def recipe(name):
    if not re.fullmatch("[a-z]{1,40}", name):
        abort(404)
    minutes = find_recipe(current_app.config["DATABASE"], name)
    if minutes is None:
        abort(404)
    return {"name": name, "minutes": minutes}


def store_failed(exc):
    current_app.logger.error("%s", exc, exc_info=exc)
    return {"error": "recipes are unavailable"}, 503


def create_app(config):
    app = Flask(__name__)
    app.config.update(config)
    app.add_url_rule("/recipes/<name>", view_func=recipe)
    app.register_error_handler(StoreError, store_failed)
    return app
