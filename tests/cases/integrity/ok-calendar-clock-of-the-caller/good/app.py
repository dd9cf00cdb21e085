import logging
import time
from collections.abc import Callable

import requests

log = logging.getLogger("prices")
URL = "https://prices.example/tea"


class NoPrice(Exception):
    pass


class Prices:
    """Asks at most every `keep` seconds."""

    def __init__(self, keep: float = 300, clock: Callable[[], float] = time.time):
        self.keep, self.clock = keep, clock
        self._price, self._asked = None, 0.0

    def price(self) -> int:
        now = self.clock()
        age = now - self._asked
        if self._price is None or not 0 <= age < self.keep:
            self._price, self._asked = self._ask(), now
        return self._price

    def _ask(self) -> int:
        started = time.monotonic()
        try:
            reply = requests.get(URL, timeout=5)
            reply.raise_for_status()
            cents = int(reply.json()["cents"])
        except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
            log.error("no price: %s", type(exc).__name__)
            raise NoPrice("no price right now") from exc
        log.info("took %.3f s at %s", time.monotonic() - started, time.strftime("%H:%M"))
        return cents
