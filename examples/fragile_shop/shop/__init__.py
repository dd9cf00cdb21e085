from flask import Flask

from .catalog import catalog
from .db import close_db
from .orders import orders
from .shipping import shipping


def create_app(config=None):
    app = Flask(__name__)
    app.config["DATABASE"] = "shop.db"
    if config:
        app.config.update(config)

    app.teardown_appcontext(close_db)
    app.register_blueprint(catalog)
    app.register_blueprint(orders)
    app.register_blueprint(shipping)
    return app
