import httpx
from flask import Blueprint, jsonify, request

SHIPPING_API = "https://api.shipping.example/v1"

shipping = Blueprint("shipping", __name__)


@shipping.route("/shipping", methods=["GET"])
def get_quote():
    """Return the shipping price for a country and a weight."""
    country = request.args.get("country")
    weight = request.args.get("weight", type=int)
    response = httpx.get(f"{SHIPPING_API}/quote", params={"country": country, "weight": weight})
    data = response.json()
    return jsonify({"price": data["price"], "days": data["days"]})


def create_parcel(order_id, country, weight):
    """Create a parcel with the carrier and return its tracking number."""
    response = httpx.post(
        f"{SHIPPING_API}/parcels",
        json={"reference": str(order_id), "country": country, "weight": weight},
        timeout=None,  # the carrier can be slow
    )
    response.raise_for_status()
    return response.json()["tracking"]
