import logging
import sqlite3

import stripe
from flask import Flask

from . import db, orders, webhooks

log = logging.getLogger(__name__)


def create_app(config=None):
    app = Flask(__name__)
    app.config.update(DATABASE="shop.db")
    app.config.from_prefixed_env("SHOP")
    app.config.update(config or {})
    stripe.api_key = app.config["STRIPE_API_KEY"]
    app.teardown_appcontext(db.close_db)
    app.register_blueprint(orders.routes)
    app.register_blueprint(webhooks.routes)

    @app.errorhandler(stripe.CardError)
    def card_declined(error):
        return {"error": "The payment was declined."}, 402

    @app.errorhandler(stripe.StripeError)
    def payment_failed(error):
        log.exception("Stripe failed")
        return {"error": "Payments are not available right now."}, 503

    @app.errorhandler(sqlite3.Error)
    def database_failed(error):
        log.exception("The database failed")
        return {"error": "The shop is not available right now."}, 503

    return app
