"""Charged batteries at the scooter swap kiosks of a city, asked all at once."""
import logging
from concurrent.futures import ThreadPoolExecutor

import requests

log = logging.getLogger("swap")
KIOSKS = {"graz": [3, 4], "linz": [8]}
session = requests.Session()


def _charged(kiosk):
    reply = session.get(f"https://kiosk-{kiosk}.swap.example/batteries", timeout=(2, 4))
    reply.raise_for_status()
    levels = reply.json()["levels"]
    if not isinstance(levels, list) or not all(type(level) is int for level in levels):
        raise ValueError("levels")
    return sum(level >= 90 for level in levels)


def ask(kiosk):
    try:
        return {"kiosk": kiosk, "charged": _charged(kiosk)}
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        log.warning("kiosk %s: %s", kiosk, exc)
        return {"kiosk": kiosk, "charged": None, "problem": "no answer from the kiosk"}


def availability(city):
    kiosks = KIOSKS[city]
    with ThreadPoolExecutor(max_workers=len(kiosks)) as pool:
        return list(pool.map(ask, kiosks))
