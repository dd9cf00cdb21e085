"""Payments that do not go as usual: the family `payment` of DESIGN section 4, shaped by provider.

What is answered with the status of success is derived from the reply that was really observed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from ..observation import Sighting
from . import Fault
from ._providers import OTHER, Provider, provider_of
from ._webhooks import proofs

REQUEST, RECEIVE = frozenset({"request"}), frozenset({"receive"})
#: The faults that answer with another reply than the observed one.
ODD = frozenset({"payment.pending", "payment.requires-action", "payment.amount-mismatch", "payment.currency-mismatch"})

#: Names of fields, as `named` writes them.
STATUS = re.compile(r"(?:^|_)(?:status|state|result_code|outcome|result)$")
OF_PAYMENT = re.compile(r"(?:pay|payment|charge|transaction|capture|txn)_(?:status|state)$")
FLAG = re.compile(r"^(?:is_)?(?:paid|captured|approved|succeeded|success|successful|settled)$")
AMOUNT = re.compile(
    r"^(?:(?:total|paid|captured|charged|gross|settled|transaction|order|received)_)?amount"
    r"(?:_(?:received|captured|paid|total|cents|minor|charged|settled))?$|^(?:grand_)?total(?:_cents)?$|^(?:amount_)?cents$"
)
CURRENCY = re.compile(r"(?:^|_)currency(?:_(?:iso_)?code)?$")
#: How services say that money was taken.
FINAL = frozenset({
    "succeeded", "success", "successful", "paid", "completed", "complete", "captured", "authorised", "authorized", "approved",
    "settled", "confirmed", "charged", "done", "processed", "ok", "submitted_for_settlement", "settling",
})  # fmt: skip
#: What an envelope says of the request, and not of the payment in it.
ENVELOPE = frozenset({"success", "ok"})


class Changed(NamedTuple):
    """Another reply, and the values in it that were not in the observed one."""

    body: bytes
    values: tuple[str, ...]


def named(name: Any) -> str:
    """A field's name in one way of writing: `resultCode` is `result_code`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(name)).replace("-", "_").lower()


class _Field(NamedTuple):
    holder: Any
    key: Any
    depth: int
    name: str

    @property
    def value(self) -> Any:
        return self.holder[self.key]


def _fields(data: Any, depth: int = 0, above: str = "") -> Iterator[_Field]:
    """All fields of a reply. What an `amount` holds by the name of `value` is an amount."""
    if isinstance(data, list):
        for one in data:
            yield from _fields(one, depth, above)
    elif isinstance(data, dict):
        for key, value in data.items():
            name = named(key)
            held = name in ("value", "amount") and re.search(r"amount|^gross|_money$", above)
            yield _Field(data, key, depth, "amount" if held else name)
            yield from _fields(value, depth + 1, name)


def _is_final(value: Any) -> bool:
    return isinstance(value, str) and value.lower().replace("-", "_").replace(" ", "_") in FINAL


def _statuses(fields: list[_Field], provider: Provider) -> list[_Field]:
    """The fields that say that it is paid: those that name the payment, or else all but an envelope's."""
    found = [f for f in fields if STATUS.search(f.name) and _is_final(f.value)]
    precise = [f for f in found if OF_PAYMENT.search(f.name)]
    if precise:
        return precise
    inner = [f for f in found if f.depth]
    if inner and all(f.depth or f.value.lower() in ENVELOPE for f in found) and provider.name != "paypal":
        return inner
    return found


def _cased(word: str, like: str) -> str:
    """A word of ours, written as the service writes its own."""
    if like.isupper():
        return word.upper()
    if like[:1].isupper():
        return "".join(part.capitalize() for part in word.split("_"))
    return word


def _other_status(field: _Field, action: bool, provider: Provider) -> str:
    word = provider.action if action else provider.pending
    if provider.name == "stripe":
        if field.name == "payment_status":
            return "unpaid"
        if field.holder.get("object") == "charge":
            return "pending"
        if field.holder.get("object") in ("invoice", "checkout.session"):
            return "open"
    return _cased(word, field.value) if provider is OTHER else word


def _less(value: Any) -> Any:
    """Half of an amount, in the type that it has; None where that is nothing else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value // 2 if value > 1 else None
    if isinstance(value, float):
        return round(value / 2, 2) if value > 0.02 else None
    if isinstance(value, str) and re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", value):
        try:
            number = Decimal(value)
            half = (number / 2).quantize(number) if "." in value else number // 2
        except InvalidOperation:
            return None
        return str(half) if 0 < half < number else None
    return None


def _other_currency(value: Any) -> str | None:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z]{3}", value):
        return None
    other = "eur" if value.lower() == "usd" else "usd"
    return other.upper() if value.isupper() else other


def change(fault: str, provider: Provider, text: str) -> Changed | None:
    """What becomes of the reply `text`; None where it does not say that something was paid."""
    if provider.xml and text.lstrip().startswith("<"):
        return _change_xml(fault, provider, text)
    try:
        reply = json.loads(text)
    except ValueError:
        return None
    fields = list(_fields(reply))
    statuses = _statuses(fields, provider)
    flags = [f for f in fields if FLAG.search(f.name) and f.value is True]
    if not statuses and not flags:
        return None
    values: list[str] = []

    def put(field: _Field, value: Any) -> None:
        if value is not None and value != field.value:
            field.holder[field.key] = value
            values.append(json.dumps(value) if isinstance(value, bool) else str(value))

    what = fault.partition(".")[2]
    if what in ("pending", "requires-action"):
        action = what == "requires-action"
        for field in statuses:
            put(field, _other_status(field, action, provider))
            if action:
                field.holder.update(provider.next_action or {})
        for field in flags:
            if not statuses or field.name not in ENVELOPE:
                put(field, False)
        for field in fields:
            if field.name in ("amount_received", "amount_captured") and statuses and type(field.value) is int:
                field.holder[field.key] = 0
    elif what == "amount-mismatch":
        for field in fields:
            if AMOUNT.search(field.name):
                put(field, _less(field.value))
    else:
        for field in fields:
            if CURRENCY.search(field.name):
                put(field, _other_currency(field.value))
    return Changed(json.dumps(reply).encode(), tuple(dict.fromkeys(values))) if values else None


def _change_xml(fault: str, provider: Provider, text: str) -> Changed | None:
    """Braintree's form: the elements have the names of the fields."""
    tag, other = {
        "payment.amount-mismatch": ("amount", _less),
        "payment.currency-mismatch": ("currency-iso-code", _other_currency),
    }.get(fault, ("status", lambda value: provider.pending if _is_final(value) else None))
    found = re.search(rf"(<{tag}(?: [^>]*)?>)([^<]*)(?=</{tag}>)", text)
    value = other(found[2]) if found else None
    if found is None or value is None:
        return None
    return Changed((text[: found.start()] + found[1] + value + text[found.end() :]).encode(), (value,))


def refusal(fault: str, provider: Provider) -> tuple[int, str, bytes]:
    """Status, type and body with which the provider refuses."""
    status, body = provider.declined if fault == "payment.declined" else provider.conflict
    if isinstance(body, str):
        return status, "application/xml; charset=utf-8", body.encode()
    return status, "application/json", json.dumps(body).encode()


# ---------------------------------------------------------------------- where a fault applies
def _provider(sighting: Sighting) -> Provider | None:
    return provider_of(sighting.payment, sighting.statement, sighting.reply)


def _charges(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    """A call that takes money."""
    takes = sighting.point.operation.split(" ")[0] in ("POST", "PUT", "PATCH")
    return [""] if takes and _provider(sighting) is not None else []


def _creates(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    return _charges(sighting, words) if sighting.point.operation.startswith("POST ") else []


def _says_paid(fault: str) -> Callable[[Sighting, Callable[[str], bool]], list[str]]:
    """A reply that says that it is paid, and has what the fault changes."""

    def variants(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
        provider = _provider(sighting)
        return [""] if provider and sighting.reply and change(fault, provider, sighting.reply) is not None else []

    return variants


def _proofs(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    """How a webhook loses the proof of who sent it."""
    return proofs(sighting.request, sighting.point.site.function, words) if sighting.request else []


def _webhook(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    return [""] if sighting.request and proofs(sighting.request, sighting.point.site.function, words, any_=True) else []


FAULTS = [
    Fault(
        "payment.charged-then-timeout",
        "the money was taken, the answer did not come in time",
        "a slow bank behind the provider, a deployment in the midst of the request; trying again may charge twice",
        REQUEST,
        5,
        after=True,
        variants=_charges,
        stands_for="http.read-timeout",
    ),
    Fault(
        "payment.declined",
        "the provider refuses the payment, with 402 or in the form that it has for this",
        "no funds, an expired card, a suspicion of fraud",
        REQUEST,
        5,
        variants=_charges,
    ),
    Fault(
        "payment.pending",
        "the provider answers with the status of success that the payment will be settled later",
        "bank debits, reviews for fraud, an instant payment that is not instant today",
        REQUEST,
        5,
        after=True,
        variants=_says_paid("payment.pending"),
    ),
    Fault(
        "payment.requires-action",
        "the provider answers with the status of success that the customer has to confirm the payment",
        "strong customer authentication (3-D Secure)",
        REQUEST,
        5,
        after=True,
        variants=_says_paid("payment.requires-action"),
    ),
    Fault(
        "payment.amount-mismatch",
        "less was paid than was asked for",
        "a partial authorisation or capture, an identifier of another and cheaper payment",
        REQUEST,
        5,
        after=True,
        variants=_says_paid("payment.amount-mismatch"),
    ),
    Fault(
        "payment.currency-mismatch",
        "it was paid in another currency",
        "an account that is set up for another country, an identifier of another payment",
        REQUEST,
        5,
        after=True,
        variants=_says_paid("payment.currency-mismatch"),
    ),
    Fault(
        "payment.idempotency-conflict",
        "the idempotency key was used for another request, or that one is still on its way",
        "a key that is made of too little, two workers with the same order",
        REQUEST,
        5,
        variants=_creates,
    ),
    Fault(
        "payment.unsigned-webhook",
        "a webhook comes without its signature, or with a wrong one",
        "anybody can send a request to an address that is public",
        RECEIVE,
        5,
        variants=_proofs,
    ),
    Fault(
        "payment.duplicate-webhook",
        "a webhook is delivered once more after it was served",
        "providers deliver at least once, and repeat what was not answered in time",
        RECEIVE,
        6,  # who is let in comes first
        variants=_webhook,
        repeats=True,
    ),
]
