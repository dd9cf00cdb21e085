import logging

import requests

log = logging.getLogger("rates")


class RateError(Exception):
    pass


def convert(cents, currency):
    try:
        reply = requests.get("https://rates.example/latest", params={"base": "EUR"}, timeout=5)
        reply.raise_for_status()
        permille = reply.json()["permille"][currency]
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        log.warning("no rate: %s", type(exc).__name__)
        raise RateError(f"no rate for {currency}") from exc
    if not isinstance(permille, int) or permille <= 0:
        raise RateError(f"no rate for {currency}")
    return cents * permille // 1000
