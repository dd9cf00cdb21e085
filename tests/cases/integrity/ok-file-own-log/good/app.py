import contextlib
import logging
import os

from flask import Flask


def create(folder):
    app = Flask(__name__)
    log = logging.getLogger(f"pages.{folder}")
    log.addHandler(logging.FileHandler(os.path.join(folder, "pages.log")))

    @app.get("/pages/<name>")
    def page(name):
        log.warning("somebody reads a page")
        with contextlib.suppress(OSError):  # counting must never keep anybody from reading
            with open(os.path.join(folder, "access.log"), "a") as file:
                file.write(f"{len(name)}\n")
        return {"page": name}

    return app
