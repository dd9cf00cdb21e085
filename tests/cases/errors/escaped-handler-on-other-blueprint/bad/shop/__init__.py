import httpx
from flask import Flask

from . import catalog, stock


def create_app(transport=None):
    app = Flask(__name__)
    app.extensions["warehouse"] = httpx.Client(
        base_url="https://warehouse.example", transport=transport, timeout=httpx.Timeout(5, connect=2)
    )
    app.register_blueprint(catalog.bp)
    app.register_blueprint(stock.bp)
    return app
