"""Takeout: the notes of a user as a zip file on the share."""
import logging
import zipfile
from pathlib import Path

from flask import Flask, abort, jsonify

log = logging.getLogger("takeout")


def write_zip(path: Path, notes: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in notes.items():
            archive.writestr(f"{name}.md", text)


def create_app(notes: dict[int, dict[str, str]], share: Path) -> Flask:
    app = Flask(__name__)

    @app.post("/users/<int:user>/takeout")
    def takeout(user):
        if user not in notes:
            abort(404)
        path = share / f"takeout-{user}.zip"
        try:
            write_zip(path, notes[user])
        except FileNotFoundError as exc:
            log.error("takeout of %s failed: %s", user, exc.strerror)
            return jsonify(error="your takeout could not be made, try again later"), 503
        return jsonify(file=path.name), 201

    return app
