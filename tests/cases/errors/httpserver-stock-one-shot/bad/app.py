import logging

import requests

log = logging.getLogger("stock")


class StockUnknown(Exception):
    pass


def pieces(base, article):
    try:
        reply = requests.get(f"{base}/stock/{article}", timeout=(2, 5))
        reply.raise_for_status()
        return int(reply.json()["pieces"])
    except requests.HTTPError as exc:
        log.warning("stock of %s: %s", article, type(exc).__name__)
        raise StockUnknown(article) from exc


def can_deliver(base, article, wanted):
    return pieces(base, article) >= wanted
