"""A dialect for clients of other providers: JSON goes in and comes out, and a charge is a charge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .ledger import STATUSES, Ledger, Object
from .messages import Request


class Plain:
    """Serves `/charges` and `/refunds`; below `/v1` too, to those who send JSON."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.routes: dict[tuple[str, str], Callable[..., Any]] = {
            ("POST", "/charges"): self.create_charge,
            ("GET", "/charges"): self.list,
            ("GET", "/charges/*"): self.retrieve,
            ("POST", "/charges/*/capture"): self.capture,
            ("POST", "/charges/*/refunds"): self.refund_charge,
            ("POST", "/refunds"): self.create_refund,
            ("GET", "/refunds/*"): self.retrieve,
        }

    def pays(self, request: Request) -> bool:
        """Whether this request would take money."""
        return request.operation == "POST /charges"

    def serve(self, serve: Callable[..., Any], request: Request, ending: str | None) -> tuple[int, Any]:
        """(status, body) of a request for which a route was found."""
        found = serve(request, ending)
        return (201 if request.method == "POST" else 200), found

    def create_charge(self, request: Request, ending: str | None) -> Object:
        return shown(self.ledger.charge(request.params, request.idempotency_key, ending))

    def capture(self, request: Request, ending: str | None) -> Object:
        return shown(self.ledger.capture_charge(self._charge(request)))

    def refund_charge(self, request: Request, ending: str | None) -> Object:
        return shown(self.ledger.refund({**request.params, "charge": request.path.split("/")[2]}))

    def create_refund(self, request: Request, ending: str | None) -> Object:
        return shown(self.ledger.refund(request.params))

    def retrieve(self, request: Request, ending: str | None) -> Object:
        collection, identity = request.path.split("/")[1:3]
        return shown(self.ledger.get(collection.removesuffix("s"), identity))

    def list(self, request: Request, ending: str | None) -> Object:
        """Those of one customer or reference: what a client asks when it does not know whether it was paid."""
        found = [
            one
            for one in self.ledger.all("charge")
            if all(one[n] == request.params[n] for n in ("customer", "reference") if n in request.params)
        ]
        return {"data": [shown(one) for one in found]}

    def _charge(self, request: Request) -> Object:
        return self.ledger.get("charge", request.path.split("/")[2])


def shown(one: Object) -> Object:
    """A charge or a refund in few words."""
    names = ("id", "status", "amount", "currency", "created", "metadata")
    found = {name: one[name] for name in names}
    if one["object"] == "refund":
        return {**found, "charge": one["charge"]}
    if one["status"] == "succeeded" and not one["captured"]:
        found["status"] = "authorized"
    if one.get("needs_action"):
        found["status"] = STATUSES["requires-action"]
    return {
        **found, "customer": one["customer"], "reference": one["reference"], "refunded": one["amount_refunded"],
        "failure": one["failure_code"],
    }  # fmt: skip
