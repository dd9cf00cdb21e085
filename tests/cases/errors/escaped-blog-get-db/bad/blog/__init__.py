from flask import Flask

from . import db, posts


def create_app(config=None):
    app = Flask(__name__)
    app.config.from_mapping(DATABASE="blog.sqlite")
    app.config.update(config or {})
    app.teardown_appcontext(db.close_db)
    app.register_blueprint(posts.bp)
    return app
