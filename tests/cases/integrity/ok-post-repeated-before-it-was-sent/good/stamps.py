"""Buy digital stamps. The transport repeats only connections that never came about: no order was sent then."""
import logging

import httpx

log = logging.getLogger("stamps")


class StampError(Exception):
    pass


class StampShop:
    def __init__(self, base_url, http=None):
        self.base_url = base_url
        self.http = http or httpx.Client(transport=httpx.HTTPTransport(retries=2), timeout=httpx.Timeout(10, connect=3))

    def close(self):
        self.http.close()

    def buy(self, kind, pieces):
        try:
            reply = self.http.post(f"{self.base_url}/orders", json={"kind": kind, "pieces": pieces})
            reply.raise_for_status()
            codes = reply.json()["codes"]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
            log.error("order of stamps is unclear: %s", type(exc).__name__)
            raise StampError("look into the list of orders before you order again") from exc
        if not isinstance(codes, list) or len(codes) != pieces:
            log.error("shop sent a wrong number of codes")
            raise StampError("the shop sent a wrong number of codes")
        return codes
