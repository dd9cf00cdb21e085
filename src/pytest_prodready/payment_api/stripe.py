"""Stripe's dialect: forms with brackets go in, objects and lists come out (docs.stripe.com/api)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from .ledger import Ledger, Object, as_bool, currency_of, whole
from .messages import Request, invalid

LIMIT = 10
LISTED = {
    "payment_intents": "payment_intent",
    "charges": "charge",
    "refunds": "refund",
    "customers": "customer",
    "events": "event",
}
FILTERS = ("customer", "payment_intent", "charge", "type", "email")
#: Fields of ours that Stripe does not have.
OWN = ("idempotency_key", "reference", "needs_action")
_TERM = re.compile(
    r"""(?P<name>\w+)(?:\[['"](?P<key>[^'"\]]+)['"]\])?\s*:\s*['"]?(?P<value>[^'"]*?)['"]?(?:\s+AND\s+|\s*$)"""
)


def decode(form: str) -> dict[str, Any]:
    """A form with brackets as what was meant: `metadata[order]=7&items[0][price]=p` and `expand[]=customer`."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(form, keep_blank_values=True):
        keys = [part.rstrip("]") for part in name.split("[")]
        inner = found
        for key in keys[:-1]:
            following = inner.setdefault(key, {})
            inner = following if isinstance(following, dict) else inner.update({key: {}}) or inner[key]
        inner[keys[-1] or str(len(inner))] = value
    return {name: _lists(value) for name, value in found.items()}


def _lists(value: Any) -> Any:
    """What is numbered is a list."""
    if not isinstance(value, dict):
        return value
    inner = {name: _lists(one) for name, one in value.items()}
    return list(inner.values()) if inner and all(name.isdigit() for name in inner) else inner


class Stripe:
    """Serves the paths below `/v1`."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.routes: dict[tuple[str, str], Callable[..., Any]] = {
            ("POST", "/v1/payment_intents"): self.create_intent,
            ("POST", "/v1/payment_intents/*"): self.update,
            ("POST", "/v1/payment_intents/*/confirm"): self.confirm_intent,
            ("POST", "/v1/payment_intents/*/capture"): self.capture_intent,
            ("POST", "/v1/payment_intents/*/cancel"): self.cancel_intent,
            ("POST", "/v1/charges"): self.create_charge,
            ("POST", "/v1/charges/*"): self.update,
            ("POST", "/v1/charges/*/capture"): self.capture_charge,
            ("POST", "/v1/refunds"): self.create_refund,
            ("POST", "/v1/customers"): self.create_customer,
            ("POST", "/v1/customers/*"): self.update,
            ("DELETE", "/v1/customers/*"): self.delete_customer,
            **{("GET", f"/v1/{name}/search"): self.search for name in ("payment_intents", "charges", "customers")},
            **{("GET", f"/v1/{name}"): self.list for name in LISTED},
            **{("GET", f"/v1/{name}/*"): self.retrieve for name in LISTED},
        }

    def pays(self, request: Request) -> bool:
        """Whether this request would take money."""
        confirms = as_bool(request.params.get("confirm"))
        return request.method == "POST" and (
            request.path == "/v1/charges"
            or (request.path == "/v1/payment_intents" and confirms)
            or (request.path.startswith("/v1/payment_intents/") and request.path.endswith("/confirm"))
        )

    def serve(self, serve: Callable[..., Any], request: Request, ending: str | None) -> tuple[int, Any]:
        """(status, body) of a request for which a route was found."""
        if not request.headers.get("Authorization", "").strip():
            raise invalid(
                "You did not provide an API key. You need to provide your API key in the Authorization header, using "
                "Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
                status=401,
            )
        found = serve(request, ending)
        return 200, self.shown(found, _texts(request.params.get("expand")))

    def shown(self, found: Any, expand: Sequence[str] = ()) -> Any:
        if found.get("object") in ("list", "search_result"):
            inner = [path.removeprefix("data.") for path in expand]
            return {**found, "data": [self.shown(one, inner) for one in found["data"]]}
        shown = {name: value for name, value in found.items() if name not in OWN}
        if shown["object"] == "event":
            return {**shown, "data": {"object": self.shown(shown["data"]["object"], [])}}
        for path in expand:
            name, _, rest = path.partition(".")
            inner_object = self.ledger.objects.get(shown.get(name) or "")
            if inner_object is not None:
                shown[name] = self.shown(inner_object, [rest] if rest else [])
        return shown

    # ------------------------------------------------------------------------------------------------------ routes
    def create_intent(self, request: Request, ending: str | None) -> Object:
        intent = self.ledger.intent(_lower(request.params))
        if as_bool(request.params.get("confirm")):
            return self.ledger.confirm(intent, request.params, request.idempotency_key, ending)
        return intent

    def confirm_intent(self, request: Request, ending: str | None) -> Object:
        return self.ledger.confirm(self._named(request), request.params, request.idempotency_key, ending)

    def capture_intent(self, request: Request, ending: str | None) -> Object:
        return self.ledger.capture(self._named(request), request.params.get("amount_to_capture"))

    def cancel_intent(self, request: Request, ending: str | None) -> Object:
        return self.ledger.cancel(self._named(request), request.params.get("cancellation_reason"))

    def create_charge(self, request: Request, ending: str | None) -> Object:
        params = {**_lower(request.params), "amount": whole(request.params, "amount")}
        return self.ledger.charge(params, request.idempotency_key, ending)

    def capture_charge(self, request: Request, ending: str | None) -> Object:
        return self.ledger.capture_charge(self._named(request), request.params.get("amount"))

    def create_refund(self, request: Request, ending: str | None) -> Object:
        params = dict(request.params)
        if "amount" in params:
            params["amount"] = whole(params, "amount")
        return self.ledger.refund(params)

    def create_customer(self, request: Request, ending: str | None) -> Object:
        return self.ledger.customer(request.params)

    def delete_customer(self, request: Request, ending: str | None) -> Object:
        customer = self._named(request)
        del self.ledger.objects[customer["id"]]
        return {"id": customer["id"], "object": "customer", "deleted": True}

    def update(self, request: Request, ending: str | None) -> Object:
        """Texts and metadata; of an intent that is not paid yet, amount and payment method too."""
        found = self._named(request)
        params = dict(request.params)
        found["metadata"].update(params.pop("metadata", None) or {})
        if found["object"] == "payment_intent" and "amount" in params:
            found["amount"] = whole(params, "amount")
        names = ("description", "email", "name", "phone", "receipt_email", "customer", "payment_method")
        found.update({name: params[name] for name in names if name in params and name in found})
        return found

    def retrieve(self, request: Request, ending: str | None) -> Object:
        return self._named(request)

    def _named(self, request: Request) -> Object:
        _, _, collection, identity, *_ = request.path.split("/")
        return self.ledger.get(LISTED[collection], identity, "intent" if collection == "payment_intents" else "id")

    def list(self, request: Request, ending: str | None) -> Object:
        params = request.params
        kind = LISTED[request.path.split("/")[2]]
        found = self.ledger.all(kind)
        found = [one for one in found if all(one.get(name) == params[name] for name in FILTERS if name in params)]
        names = [one["id"] for one in found]
        if params.get("starting_after") in names:
            found = found[names.index(params["starting_after"]) + 1 :]
        if params.get("ending_before") in names:
            found = found[: names.index(params["ending_before"])]
        limit = whole(params, "limit") if "limit" in params else LIMIT
        return {"object": "list", "data": found[:limit], "has_more": len(found) > limit, "url": request.path}

    def search(self, request: Request, ending: str | None) -> Object:
        """`status:'succeeded' AND metadata['order']:'7'`; what Stripe's search has beyond that is refused."""
        query = str(request.params.get("query") or "")
        terms = list(_TERM.finditer(query))
        if not terms or "".join(term[0] for term in terms) != query:
            raise invalid(f"We were unable to parse your search query: {query}", None, "query")

        def fits(one: Object) -> bool:
            values = [one.get(t["name"]) if t["key"] is None else (one[t["name"]] or {}).get(t["key"]) for t in terms]
            return all(str(value) == term["value"] for value, term in zip(values, terms, strict=True))

        found = [one for one in self.ledger.all(LISTED[request.path.split("/")[2]]) if fits(one)]
        return {"object": "search_result", "data": found, "has_more": False, "url": request.path, "next_page": None}


def _lower(params: Mapping[str, Any]) -> dict[str, Any]:
    """Stripe writes currencies in lower case."""
    return {**params, "currency": currency_of(params).lower()}


def _texts(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
