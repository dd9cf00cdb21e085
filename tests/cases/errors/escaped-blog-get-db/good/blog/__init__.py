import logging
import sqlite3

from flask import Flask

from . import db, posts

log = logging.getLogger(__name__)


def database_failed(exc):
    log.error("database failed: %s", exc)
    return {"error": "the blog is unavailable, please try again"}, 503


def create_app(config=None):
    app = Flask(__name__)
    app.config.from_mapping(DATABASE="blog.sqlite")
    app.config.update(config or {})
    app.teardown_appcontext(db.close_db)
    app.register_blueprint(posts.bp)
    app.register_error_handler(sqlite3.Error, database_failed)
    return app
