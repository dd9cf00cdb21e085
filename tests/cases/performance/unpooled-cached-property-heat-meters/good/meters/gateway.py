"""The service of the company that reads the meters."""
import functools
import json

import urllib3


class MeterUnavailable(Exception):
    """The meter cannot be read right now."""


class MeterGateway:
    def __init__(self, url):
        self.url = url

    @functools.cached_property
    def http(self):
        return urllib3.PoolManager(timeout=urllib3.Timeout(connect=2, read=5), retries=False)

    def kilowatt_hours(self, meter):
        try:
            reply = self.http.request("GET", f"{self.url}/meters/{meter}")
            value = json.loads(reply.data)["kwh"] if reply.status == 200 else None
        except (urllib3.exceptions.HTTPError, ValueError, TypeError, KeyError) as exc:
            raise MeterUnavailable(type(exc).__name__) from exc
        if type(value) is not int:
            raise MeterUnavailable(f"answer {reply.status}")
        return value


@functools.lru_cache(maxsize=8)
def meter_gateway(url):
    return MeterGateway(url)
