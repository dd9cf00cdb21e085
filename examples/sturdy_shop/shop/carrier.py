"""The carrier that brings our parcels."""

import logging

import httpx

from .errors import CarrierUnavailable
from .replies import BadReply, read

# One client for the process: it keeps its connections, and no call can forget the time-out.
client = httpx.Client(base_url="https://api.shipping.example/v1", timeout=httpx.Timeout(10, connect=3))

log = logging.getLogger(__name__)


def quote(country, weight):
    """Price in cents and days that a parcel takes."""
    try:
        response = client.get("/quote", params={"country": country, "weight": weight})
        reply = read(response, price=int, days=int)
        if reply["price"] < 0 or reply["days"] < 0:
            raise BadReply("a negative price or time")
    except (httpx.HTTPError, BadReply) as error:
        log.warning("No quote for %s g to %s", weight, country, exc_info=error)
        raise CarrierUnavailable from error
    return reply["price"], reply["days"]


def create_parcel(reference, country, weight):
    """Hand a parcel over, and get its tracking number. Asked again, the carrier names the same parcel."""
    try:
        response = client.post(
            "/parcels",
            json={"reference": reference, "country": country, "weight": weight},
            headers={"Idempotency-Key": f"parcel-{reference}"},
        )
        reply = read(response, tracking=str)
    except (httpx.HTTPError, BadReply) as error:
        log.error("No parcel for %s", reference, exc_info=error)
        raise CarrierUnavailable from error
    return reply["tracking"]
