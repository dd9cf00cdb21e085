import re

import requests
from flask import Blueprint, Flask, abort, current_app

bp = Blueprint("stock", __name__)


@bp.get("/stock/<article>")
def stock(article):
    if not re.fullmatch("[A-Z][0-9]{1,6}", article):
        abort(404)
    try:
        reply = requests.get(f"{current_app.config['STOCK']}/v1/stock/{article}", timeout=3)
        reply.raise_for_status()
        pieces = reply.json()["pieces"]
    except requests.RequestException as exc:
        current_app.logger.error("stock failed: %s", exc)
        return {"error": f"stock of {article} is unknown: {exc}"}, 502
    except (ValueError, KeyError, TypeError):
        current_app.logger.error("stock answered nonsense")
        return {"error": "stock answered nonsense"}, 502
    if not isinstance(pieces, int):
        return {"error": "stock answered nonsense"}, 502
    return {"article": article, "pieces": pieces}


def create_app(url):
    app = Flask(__name__)
    app.config["STOCK"] = url
    app.register_blueprint(bp)
    return app
