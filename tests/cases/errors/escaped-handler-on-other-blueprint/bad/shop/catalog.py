import httpx
from flask import Blueprint, abort, current_app

bp = Blueprint("catalog", __name__, url_prefix="/catalog")


@bp.errorhandler(httpx.HTTPError)
def warehouse_failed(exc):
    current_app.logger.warning("warehouse failed: %s", type(exc).__name__)
    return {"error": "the warehouse does not answer"}, 502


@bp.get("/<int(max=99999):number>")
def product(number):
    reply = current_app.extensions["warehouse"].get(f"/products/{number}")
    reply.raise_for_status()
    try:
        name = reply.json()["name"]
    except (ValueError, KeyError, TypeError):
        current_app.logger.warning("warehouse answered nonsense")
        abort(502)
    return {"id": number, "name": name}
