"""Nobody knows whether it was done, and it is done again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ...trace import SAFE_METHODS, Call
from ...verdicts import WARNING, Objection
from .. import Check, View, address_of, unit_of
from ._redelivery import FAULT as REDELIVERED
from ._redelivery import adds_up, redelivered

#: Failures after which the request may have been served all the same.
AMBIGUOUS = frozenset(
    {
        "http.read-timeout",
        "http.truncated-body",
        "http.connection-reset",
        "http.server-error",
        "payment.charged-then-timeout",
    }
)
#: Methods that do the same however often they are sent.
REPEATABLE = frozenset({"PUT", "DELETE"})
#: Headers and fields by which the other side knows a request again.
KEY = re.compile(
    r"idempot|paypal-request-id|client[_-]?token|dedup|(?<!x-)\brequest_?id$|(?:event|message|delivery)_?-?id$"
    r"|webhook-id$|if-(?:none-)?match$|unique_?(?:id|key|token)$|operation_?id$|attempt_?key$",
    re.I,
)
#: A resource that the application names itself: made twice it is the same.
OWN_ID = re.compile(r"(?:id|uuid|guid|key)", re.I)
RANDOM = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
#: A POST that asks for something and changes nothing.
ASKING = re.compile(
    r"/(?:\w*[_-])?(?:search|query|queries|lookup|validate|validation|verify|quotes?|estimates?|graphql|token|login|auth"
    r"|calculate|convert|translate|geocode|preview|check|classify|embeddings|completions|predict|rates?)/?\Z",
    re.I,
)


class DuplicateEffect(Check):
    name = "duplicate-effect"
    pillar = "integrity"
    cwe = 837
    summary = "an unsafe request was delivered again after an ambiguous failure with no idempotency key, or another one"
    why = "A time-out does not say that nothing was done. Sent again, the card is charged twice."
    fix = (
        "Make one idempotency key for the operation, and send it with every attempt; or ask first whether it was done."
    )
    bad = """for attempt in range(3):
    try:
        return requests.post(CHARGES, json=order, timeout=10)
    except requests.Timeout:
        time.sleep(2 ** attempt)"""
    good = """key = str(order.id)
for attempt in range(3):
    try:
        return requests.post(CHARGES, json=order, headers={"Idempotency-Key": key}, timeout=10)
    except requests.Timeout:
        time.sleep(2 ** attempt)"""

    def concerns(self, call_effect: bool, fault: str) -> bool:
        if fault == REDELIVERED:
            return True
        return call_effect and (not fault or fault in AMBIGUOUS or fault.startswith("reply."))

    def judge(self, view: View) -> Iterator[Objection]:
        yield from self._sent_again(view)
        twice = redelivered(view)
        if twice is not None:
            site = view.call.site
            assert site is not None
            yield self.against(
                view.call, f"the webhook was delivered twice, and so was its effect: {twice.operation}", "repeated webhook",
                f"{site.function} in {site.file}", None if adds_up(twice) else WARNING, entry=view.entry.label,
            )  # fmt: skip

    def _sent_again(self, view: View) -> Iterator[Objection]:
        call, control = view.call, view.control_entry
        if control is None or not self.ambiguous(call, view.fault) or self.repeatable(call):
            return
        ours, usual = unit_of(view.trace, view.entry), unit_of(view.control, control)
        again = self.delivered_again(call, ours, usual)
        if again is None or self.known_again(call, again) or self.asked_first(call, again, ours):
            return
        assert call.site is not None
        sent = "with another key" if keys(call) else "without an idempotency key"
        yield self.against(
            call, f"{call.operation} may have been served, and was sent again {sent}", "repeated request",
            f"{call.site.function} in {call.site.file}",
            entry=view.entry.label, keys=[f"{name}: {value}" for c in (call, again) for name, value in keys(c).items()],
        )  # fmt: skip

    # the guards: each keeps clean code clean
    @staticmethod
    def ambiguous(call: Call, fault: str) -> bool:
        """Nobody knows whether it was done: not where nothing was sent, or the answer was a clear no."""
        return call.family == "http" and (fault in AMBIGUOUS or call.effect_happened)

    @staticmethod
    def repeatable(call: Call) -> bool:
        """The method, or what is asked for, does no more when it is done twice."""
        method = call.operation.partition(" ")[0]
        return not call.effect or method in REPEATABLE or ASKING.search(urlsplit(call.statement).path) is not None

    @staticmethod
    def delivered_again(call: Call, ours: list[Call], usual: list[Call]) -> Call | None:
        """The same request, sent once more than in the control run."""
        later = [c for c in ours if c.number > call.number and delivered(c) and c.operation == call.operation]
        same = [c for c in later if body_of(c) == body_of(call) and address_of(c) == address_of(call)]
        if same:
            wanted = sum(
                body_of(c) == body_of(call) and address_of(c) == address_of(call) for c in usual if delivered(c)
            )
            return same[0] if len(same) + 1 > max(wanted, 1) else None
        wanted = sum(c.operation == call.operation for c in usual if delivered(c))
        sent = sum(c.operation == call.operation for c in ours if delivered(c) or c is call)
        return later[0] if later and sent > wanted else None

    @staticmethod
    def known_again(call: Call, again: Call) -> bool:
        """Both carry the same key, by which the other side knows that it is one request."""
        return bool(keys(call).items() & keys(again).items())

    @staticmethod
    def asked_first(call: Call, again: Call, ours: list[Call]) -> bool:
        """In between it was asked whether the first one was served."""
        return any(
            call.number < c.number < again.number and c.family == "http" and c.target == call.target
            and c.operation.partition(" ")[0] in SAFE_METHODS and c.error is None
            for c in ours
        )  # fmt: skip


def delivered(call: Call) -> bool:
    """Whether a request reached the other side, as far as anybody can tell."""
    return call.family == "http" and call.effect and (call.faulted is None or call.faulted in AMBIGUOUS)


def keys(call: Call) -> dict[str, str]:
    """The idempotency keys of a request, by the name of their header or field."""
    found = {name: value for name, value in call.headers.items() if KEY.search(name)}
    found |= {name: value for name, value in parse_qsl(urlsplit(call.statement).query) if KEY.search(name)}
    for name, value in fields_of(call).items():
        named = KEY.search(name) or (OWN_ID.fullmatch(name) and RANDOM.fullmatch(str(value)))
        if named and isinstance(value, str | int) and value != "":
            found[name] = str(value)
    return found


def body_of(call: Call) -> Any:
    """What was sent, without what is told about the attempt; the object that source gave where there are no bytes."""
    if not call.body:
        return call.payload
    return {n: v for n, v in fields_of(call).items() if not KEY.search(n)} or call.body


def fields_of(call: Call) -> dict[str, Any]:
    """The fields of a body: of its JSON, and one level below, or of its form."""
    if isinstance(call.payload, Mapping):
        found: Any = call.payload
    else:
        try:
            found = json.loads(call.body) if call.body else {}
        except (ValueError, RecursionError):
            found = dict(parse_qsl(call.body.decode("utf-8", "replace")))
    if not isinstance(found, Mapping):
        return {}
    nested = {str(k): v for inner in found.values() if isinstance(inner, Mapping) for k, v in inner.items()}
    return {n: v for n, v in nested.items() if KEY.search(n)} | {str(k): v for k, v in found.items()}
