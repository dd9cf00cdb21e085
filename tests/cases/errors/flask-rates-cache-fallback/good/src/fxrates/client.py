"""Client of the exchange rate service. The last good answer is kept, because a rate of an hour ago beats none."""
import logging
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import requests

logger = logging.getLogger(__name__)


class RatesUnavailable(RuntimeError):
    """Neither the service nor our memory has the rate."""


@dataclass(frozen=True)
class Rate:
    value: Decimal
    stale: bool = False


class RatesClient:
    def __init__(self, base_url, timeout=(3.05, 10)):
        self.base_url = base_url
        self.timeout = timeout
        self.session = requests.Session()
        self._last_good = {}

    def get(self, base, quote):
        try:
            value = self._fetch(base, quote)
        except (requests.RequestException, ValueError, KeyError, TypeError, InvalidOperation) as exc:
            logger.warning("rates service failed (%s), trying the last good rate", type(exc).__name__)
            if (base, quote) in self._last_good:
                return Rate(self._last_good[base, quote], stale=True)
            raise RatesUnavailable(f"{base}/{quote}") from exc
        self._last_good[base, quote] = value
        return Rate(value)

    def _fetch(self, base, quote):
        reply = self.session.get(f"{self.base_url}/latest", params={"base": base, "symbols": quote}, timeout=self.timeout)
        reply.raise_for_status()
        value = Decimal(str(reply.json()["rates"][quote]))
        if not value.is_finite() or value <= 0:
            raise ValueError("rate out of range")
        return value
