from flask import Flask

from . import api, errors
from .db import init_db


def create_app(database_url="sqlite:///inventory.db"):
    app = Flask(__name__)
    init_db(app, database_url)
    app.register_blueprint(api.bp, url_prefix="/api/v1")
    errors.register(app)
    return app
