from flask import Flask

from .client import RatesClient
from .web import bp


def create_app(config=None):
    app = Flask(__name__)
    app.config.from_mapping(RATES_URL="https://rates.example.org/v2")
    app.config.update(config or {})
    app.extensions["rates"] = RatesClient(app.config["RATES_URL"])
    app.register_blueprint(bp)
    return app
