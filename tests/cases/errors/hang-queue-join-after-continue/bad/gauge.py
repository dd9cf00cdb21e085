import logging

import requests

log = logging.getLogger("river.gauge")


class GaugeError(Exception):
    pass


class Gauge:
    """The web service of the water authority."""

    def __init__(self, base_url, timeout=6):
        self.base_url = base_url
        self.timeout = timeout

    def level(self, station):
        try:
            reply = requests.get(f"{self.base_url}/stations/{station}/level", timeout=self.timeout)
            reply.raise_for_status()
            level = reply.json()["cm"]
        except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
            raise GaugeError(f"no level, {type(exc).__name__}") from exc
        if type(level) is not int or not -200 < level < 3000:
            raise GaugeError("impossible level")
        return level
