import functools

from flask import Blueprint, abort, current_app, g, jsonify, request

counts = Blueprint("counts", __name__)


def observers_only(view):
    @functools.wraps(view)
    def wrapper(**values):
        badge = request.headers.get("X-Badge")
        g.observer = current_app.extensions["badges"].read(badge) if badge else None
        if g.observer is None:
            abort(401)
        return view(**values)

    return wrapper


@counts.get("/stations/<station>/count")
@observers_only
def count(station):
    if g.observer.station != station:
        abort(403)
    found = current_app.extensions["counts"].get(station)
    if found is None:
        abort(404)
    return jsonify(station=station, count=found)


@counts.get("/me")
@observers_only
def me():
    return jsonify(name=g.observer.name, station=g.observer.station)
