"""Pictures of members."""
import os

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
app.config["UPLOADS"] = "uploads"


def store(upload):
    name = upload.filename
    if not name:
        abort(400)
    upload.save(os.path.join(app.config["UPLOADS"], name))
    return name


@app.post("/avatar")
def avatar():
    if "picture" not in request.files:
        abort(400)
    return jsonify(stored=store(request.files["picture"])), 201
