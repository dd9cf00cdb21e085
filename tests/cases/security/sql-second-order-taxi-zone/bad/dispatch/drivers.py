from flask import Blueprint, abort, current_app, jsonify, request

drivers = Blueprint("drivers", __name__, url_prefix="/drivers")


def field(name, longest):
    value = request.form.get(name, "").strip()
    if not 1 <= len(value) <= longest or not value.isprintable():
        abort(400, f"{name} is missing")
    return value


@drivers.post("")
def register():
    callsign, zone = field("callsign", 20), field("zone", 60)
    if not current_app.extensions["store"].register(callsign, zone):
        abort(409, "this callsign is taken")
    return jsonify(callsign=callsign, zone=zone), 201


@drivers.get("/<callsign>/rides")
def rides(callsign):
    found = current_app.extensions["store"].open_rides(callsign)
    if found is None:
        abort(404, "no such driver")
    return jsonify(rides=found)
