"""Records of the log: input that begins a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..payloads import RECORDS, filled
from ..trace import Attempt, Sink, Trace
from . import Attack, Leaf


def _values(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[str]:
    for payload in RECORDS:
        yield leaf.around(filled(payload, token))


def _recorded(attempt: Attempt, trace: Trace) -> Iterable[Sink]:
    for record in trace.logs[slice(*attempt.logs)]:
        if attempt.token in record.text.lower() and record.site is not None:
            bites = attempt.attack == "log-injection" and begins_line(record.text, attempt.token)
            yield Sink("log", record.text, bites, False, repr(record.text) if bites else "", record.site)


def begins_line(text: str, token: str) -> bool:
    """Whether the end of the line came with the input: the token stands on both sides of it."""
    return re.search(rf"{token}[\r\n]+{token}", text, re.I) is not None


ATTACKS = [
    Attack(
        "log-injection",
        "input that begins a new line of the log",
        values=_values,
        touches=frozenset({"log"}),
        fits=lambda leaf: leaf.kind != "header",
        of_commands=lambda leaf: True,
        of_calls=lambda leaf: True,
        answers=_recorded,
        shrinks=True,
    )
]
