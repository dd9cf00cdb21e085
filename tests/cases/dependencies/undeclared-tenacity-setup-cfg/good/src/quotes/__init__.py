"""Asks a flaky service, more than once."""
import logging

import requests
from tenacity import RetryError, retry, retry_if_exception_type, stop_after_attempt, wait_exponential

log = logging.getLogger(__name__)


class NoQuote(Exception):
    pass


@retry(retry=retry_if_exception_type(requests.RequestException), stop=stop_after_attempt(3), wait=wait_exponential(max=4))
def ask(symbol):
    reply = requests.get(f"https://quotes.example/{symbol}", timeout=(3, 10))
    reply.raise_for_status()
    return reply.json()["price"]


def quote(symbol):
    try:
        return float(ask(symbol))
    except (RetryError, ValueError, KeyError, TypeError) as exc:
        log.warning("no quote for %s", symbol)
        raise NoQuote(symbol) from exc
