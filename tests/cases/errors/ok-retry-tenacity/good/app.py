import re

import requests
from flask import Blueprint, Flask, abort, current_app
from tenacity import RetryError, retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

bp = Blueprint("trains", __name__)


class NotNow(Exception):
    pass


@retry(retry=retry_if_exception_type(NotNow), stop=stop_after_attempt(3), wait=wait_random_exponential(max=3))
def departures(station):
    try:
        reply = requests.get(f"https://trains.example/{station}", timeout=(2, 4))
    except requests.RequestException as exc:
        raise NotNow(type(exc).__name__) from exc
    if reply.status_code == 429 or reply.status_code >= 500:
        raise NotNow(str(reply.status_code))
    reply.raise_for_status()
    answer = reply.json()
    return answer["next"] if isinstance(answer["next"], list) else []


@bp.app_errorhandler(RetryError)
@bp.app_errorhandler(requests.RequestException)
def timetable_failed(exc):
    current_app.logger.warning("timetable failed: %s", exc)
    return {"error": "no timetable now"}, 503, {"Retry-After": "60"}


@bp.get("/departures/<station>")
def board(station):
    if not re.fullmatch("[a-z]{1,30}", station):
        abort(404)
    try:
        return {"station": station, "next": departures(station)}
    except (KeyError, TypeError):
        current_app.logger.warning("timetable answers nonsense")
        abort(502)


def create_app():
    app = Flask(__name__)
    app.register_blueprint(bp)
    return app
