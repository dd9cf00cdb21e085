"""Customers download their documents."""
import logging
from pathlib import Path

from flask import Flask, Response, abort, current_app, request
from flask.views import MethodView

log = logging.getLogger("documents")


class DocumentView(MethodView):
    def get(self):
        name = request.args.get("name", "")
        root = Path(current_app.config["DOCUMENTS"]).resolve()
        try:
            path = root / name
            if not path.is_file():
                abort(404)
            content = path.read_bytes()
        except (OSError, ValueError) as exc:
            log.warning("document could not be read: %s", type(exc).__name__)
            abort(404)
        return Response(content, mimetype="application/octet-stream")


def create_app(documents):
    app = Flask(__name__)
    app.config["DOCUMENTS"] = documents
    app.add_url_rule("/documents", view_func=DocumentView.as_view("documents"))
    return app
