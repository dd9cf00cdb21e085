import re

import httpx
from flask import Flask, abort, current_app


def word(word):
    if not re.fullmatch("[a-z]{1,30}", word):
        abort(404)
    try:
        reply = httpx.get(f"https://words.example/{word}")
        reply.raise_for_status()
        meaning = reply.json()["meaning"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        current_app.logger.warning("the dictionary is closed", exc_info=True)
        return {"word": word, "meaning": None, "error": "the dictionary is closed"}, 503
    return {"word": word, "meaning": meaning}


def create_app():
    app = Flask(__name__)
    app.add_url_rule("/words/<word>", view_func=word)
    return app
