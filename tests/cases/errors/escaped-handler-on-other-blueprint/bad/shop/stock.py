from flask import Blueprint, abort, current_app

bp = Blueprint("stock", __name__, url_prefix="/stock")


@bp.get("/<int(max=99999):number>")
def pieces(number):
    reply = current_app.extensions["warehouse"].get(f"/stock/{number}")
    reply.raise_for_status()
    try:
        count = int(reply.json()["pieces"])
    except (ValueError, KeyError, TypeError):
        current_app.logger.warning("warehouse answered nonsense")
        abort(502)
    return {"id": number, "pieces": count}
