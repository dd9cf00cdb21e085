"""Refunds for cancelled train tickets. Called by the nightly job."""
import logging

import httpx
import stamina

log = logging.getLogger("refunds")


class RefundFailed(Exception):
    pass


class RefundClient:
    def __init__(self, base_url="https://pay.rail.example"):
        self._http = httpx.Client(base_url=base_url, timeout=httpx.Timeout(10, connect=3))

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self._http.close()

    @stamina.retry(on=(httpx.TransportError,), attempts=3, wait_initial=0.5)
    def _post(self, ticket, cents):
        response = self._http.post(
            "/refunds",
            json={"ticket": ticket, "amount": cents, "currency": "EUR"},
            headers={"Idempotency-Key": f"refund-{ticket}"},
        )
        response.raise_for_status()
        return response.json()

    def refund(self, ticket, cents):
        """The number of the refund."""
        try:
            reply = self._post(ticket, cents)
            if (reply["status"], reply["amount"], reply["currency"]) != ("refunded", cents, "EUR"):
                raise ValueError("refund is not final")
            return str(reply["id"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
            log.error("refund of ticket %s: %s", ticket, type(exc).__name__)
            raise RefundFailed(f"ticket {ticket} was not refunded") from exc


def refund_all(tickets):
    done, failed = [], []
    with RefundClient() as client:
        for ticket, cents in tickets:
            try:
                done.append(client.refund(ticket, cents))
            except RefundFailed:
                failed.append(ticket)
    return done, failed
