"""A webhook that came twice: whether its effect happened twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ...trace import Call
from .. import View, succeeded, unit_of

FAULT = "payment.duplicate-webhook"
#: A POST that asks for something.
ASKS = re.compile(r"verif|signature|lookup|search|query|oauth|token|login", re.I)
#: What a statement does.
VERB = re.compile(r"\b(?:INSERT|REPLACE|UPDATE|DELETE)\b", re.I)
#: A row that is there already stays the only one.
UPSERT = re.compile(
    r"\bON\s+CONFLICT\b|\bOR\s+(?:IGNORE|REPLACE)\b|\bON\s+DUPLICATE\b|\bMERGE\b|\bNOT\s+EXISTS\b", re.I
)
#: Tables that tell of each delivery.
JOURNAL = re.compile(r"log|audit|event|deliver|histor|webhook|journal|attempt|received|inbox", re.I)
#: `SET balance = balance + ?`
RELATIVE = re.compile(
    r"[\"`\[]?(\w+)[\"`\]]?\s*=\s*\(?\s*(?:\w+\.|[\"`\[]\w+[\"`\]]\.)?[\"`\[]?\1[\"`\]]?\s*[+-]", re.I
)
#: Columns of which a program counts up what it read before.
COUNTED = re.compile(r"balance|credit|points|quantity|stock|count|amount|total|uses|sold|seats|paid|tokens|coins", re.I)


def redelivered(view: View) -> Call | None:
    """The call whose effect happened once more when the webhook was delivered again; None where none did.

    It is one that happened at the first delivery too: a row that was inserted, a number that was counted up, a request
    that was sent. What is written down of each delivery, or set to what it is already, is no second effect.
    """
    if view.fault != FAULT or view.trace.ended or not view.trace.again:
        return None
    first, second = view.entry, view.trace.again[0]
    if any(entry.outcome is None or entry.outcome.is_error for entry in (first, second)):
        return None
    before = succeeded(unit_of(view.trace, first))
    after = succeeded(call for call in view.trace.calls if call.entry is second)
    if any(call.kind == "write" for call in after) and not _committed(after):
        return None
    known = Counter((call.operation, call.kind) for call in before)
    for call in after:
        if known[call.operation, call.kind] and _adds(call, before):
            return call
    return None


def _committed(calls: list[Call]) -> bool:
    """Whether the writes stay; a seam that shows no commit commits at once."""
    writes = [call for call in calls if call.kind == "write"]
    return any(call.commits for call in writes) or any(
        call.kind == "commit" and call.number > writes[0].number for call in calls
    )


def _adds(call: Call, before: list[Call]) -> bool:
    """Whether to do this twice is something else than to do it once."""
    if call.family == "http":
        return call.operation.startswith("POST ") and not _has_key(call) and not ASKS.search(call.operation)
    if call.kind != "write":
        return call.family == "mail"
    verb = VERB.search(call.statement)
    if verb is None:
        return False
    if verb[0].upper() in ("INSERT", "REPLACE"):
        return UPSERT.search(call.statement) is None and JOURNAL.search(call.operation) is None
    if verb[0].upper() == "UPDATE":
        if RELATIVE.search(call.statement):
            return True
        same = [one for one in before if one.statement == call.statement]
        return COUNTED.search(call.statement) is not None and any(_counts_up(one, call) for one in same)
    return False


def adds_up(call: Call) -> bool:
    """Whether it certainly adds up: an inserted row may be meant to tell of each delivery."""
    verb = VERB.search(call.statement) if call.family == "db" else None
    return verb is None or verb[0].upper() == "UPDATE"


def _has_key(call: Call) -> bool:
    body = call.body.decode("utf-8", "replace")
    return any("idempotency" in name or "request-id" in name for name in call.headers) or "dempotency" in body


def _counts_up(first: Call, second: Call) -> bool:
    """Whether another number was written than the first time."""
    one, other = list(_numbers(first.parameters)), list(_numbers(second.parameters))
    return len(one) == len(other) and one != other


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _numbers(inner)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)
