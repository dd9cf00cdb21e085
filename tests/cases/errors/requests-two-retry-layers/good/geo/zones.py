import logging

import requests
import tenacity

from .http import make_session

log = logging.getLogger(__name__)
session = make_session()


class ZoneError(Exception):
    pass


def fetch(city):
    reply = session.get("https://zones.example.org/v1/zone", params={"city": city}, timeout=(3, 5))
    reply.raise_for_status()
    return reply.json()["zone"]


def zone_of(city):
    try:
        zone = fetch(city)
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        log.warning("no zone: %s", type(exc).__name__)
        raise ZoneError("time zone is unknown") from exc
    if not isinstance(zone, str):
        raise ZoneError("time zone is unknown")
    return zone
