import http.client
import json
import logging
import urllib.error
import urllib.request

log = logging.getLogger(__name__)


class NoExchange(Exception):
    pass


def rate(currency, left=7):
    url = f"https://rates.example/latest/{currency}"
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return float(json.load(reply)["rate"])
    except (urllib.error.HTTPError, http.client.HTTPException, ValueError, KeyError, TypeError) as exc:
        raise NoExchange(currency) from exc
    except OSError as exc:
        log.warning("no rate: %s", exc)
        if left == 0:
            raise NoExchange(currency) from exc
    return rate(currency, left - 1)


def total(amounts, currency):
    return round(sum(amounts) * rate(currency), 2)
