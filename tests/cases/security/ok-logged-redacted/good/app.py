"""A filter and a formatter keep secrets out of the log."""

import logging
import re

from flask import Flask, request


class Redacting(logging.Formatter):
    def format(self, record):
        return re.sub(r"(password|token)=[^ ]+", "…", super().format(record))


handler = logging.StreamHandler()
handler.setFormatter(Redacting("%(levelname)s %(message)s"))
log = logging.getLogger("intranet")
log.addHandler(handler)
log.setLevel(logging.INFO)


def create_app():
    app = Flask(__name__)

    @app.post("/profile")
    def profile():
        log.info("profile changed: password=%s", request.form.get("password", "").replace(" ", "_"))
        return "ok"

    return app
