"""Piano movers: book a van. The carrier's service is slow on Mondays, so bookings are repeated."""
import logging
import uuid

import httpx
from tenacity import before_sleep_log, retry, retry_if_exception_type, stop_after_attempt, wait_exponential

log = logging.getLogger("movers")


class BookingFailed(Exception):
    pass


class VanService:
    def __init__(self, http):
        self.http = http

    @retry(
        retry=retry_if_exception_type(httpx.TransportError),
        stop=stop_after_attempt(3),
        wait=wait_exponential(multiplier=1, max=10),
        before_sleep=before_sleep_log(log, logging.WARNING),
        reraise=True,
    )
    def _post(self, path, options):
        headers = {"X-Depot": "bonn"}
        if "key" in options:
            headers["Idempotency-Key"] = options["key"]
        return self.http.post(path, json=options["body"], headers=headers)

    def book(self, weight_kg, floors):
        """Number of the van. The key makes repeated bookings one."""
        options = {"key": uuid.uuid4().hex, "body": {"weight": weight_kg, "floors": floors}}
        try:
            reply = self._post("/vans", options)
            reply.raise_for_status()
            van = reply.json()["van"]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
            log.error("no van: %s", type(exc).__name__)
            raise BookingFailed("no van was booked") from exc
        if type(van) is not int:
            raise BookingFailed("the carrier's answer has no van")
        return van
