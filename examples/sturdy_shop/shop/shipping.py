from flask import Blueprint, request

from . import carrier
from .errors import BadRequest, CarrierUnavailable

# Charged where the carrier cannot tell: more than it ever asked for a parcel of ours.
FLAT_RATE = {"price": 990, "days": 7, "estimated": True}

routes = Blueprint("shipping", __name__)


@routes.get("/shipping")
def quote():
    country = request.args.get("country", "")
    weight = request.args.get("weight", type=int)
    if not is_country(country) or weight is None or not 0 < weight <= 30_000:
        raise BadRequest("A country and a weight up to 30 kg are needed.")
    try:
        price, days = carrier.quote(country, weight)
    except CarrierUnavailable:
        return FLAT_RATE
    return {"price": price, "days": days}


def is_country(text):
    return isinstance(text, str) and len(text) == 2 and text.isascii() and text.isalpha()
