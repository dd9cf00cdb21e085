"""Takes pictures in and gives them back, with what Werkzeug has for it."""

import os
import uuid

from flask import Flask, abort, jsonify, request, send_from_directory
from werkzeug.utils import secure_filename


def create_app(folder):
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000

    @app.errorhandler(OSError)
    def unreadable(error):
        return jsonify(error="not now"), 503

    @app.post("/pictures")
    def take():
        given = request.files.get("picture")
        name = secure_filename(given.filename or "") if given else ""
        if os.path.splitext(name)[1].lower() not in (".png", ".jpg"):
            abort(400, "a picture, please")
        name = f"{uuid.uuid4().hex[:8]}-{name[-60:]}"
        given.save(os.path.join(folder, name))
        return jsonify(name=name), 201

    @app.get("/pictures/<path:name>")
    def give(name):
        return send_from_directory(folder, name)

    return app
