"""A small shop that takes payments with Stripe."""

import logging
import sqlite3

import stripe
from flask import Flask

from . import db, orders, outbox, webhooks
from .errors import ShopError

log = logging.getLogger(__name__)


def create_app(config=None):
    app = Flask(__name__)
    app.config.update(DATABASE="shop.db")
    app.config.from_prefixed_env("SHOP")
    app.config.update(config or {})
    stripe.api_key = app.config["STRIPE_API_KEY"]
    stripe.max_network_retries = 2  # with one idempotency key over all attempts
    app.teardown_appcontext(db.close_db)
    app.register_blueprint(orders.routes)
    app.register_blueprint(webhooks.routes)
    app.cli.add_command(outbox.deliver_command)

    @app.errorhandler(ShopError)
    def shop_error(error):
        return {"error": error.message}, error.status

    @app.errorhandler(sqlite3.Error)
    def database_error(error):
        log.exception("The database failed")
        return {"error": "The shop is not available right now. Please try again."}, 503, {"Retry-After": "5"}

    return app
