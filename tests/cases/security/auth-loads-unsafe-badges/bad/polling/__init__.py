"""Election observers read the counts of their polling station with a signed badge."""
from flask import Flask

from .badges import Badges
from .counts import counts


def create_app(secret):
    app = Flask(__name__)
    app.extensions["badges"] = Badges(secret)
    app.extensions["counts"] = {"st-12": {"yes": 412, "no": 377}, "st-13": {"yes": 91, "no": 130}}
    app.register_blueprint(counts)
    return app
