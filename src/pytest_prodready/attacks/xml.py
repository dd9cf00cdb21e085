"""XML: input that has a file read into it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..trace import Attempt, Call, Sink, Trace
from . import Attack, Leaf

PROLOG = re.compile(r"\A\s*(?:<\?xml[^>]*\?>)?\s*(?:<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?>)?\s*", re.I)
TEXT = re.compile(r">[^<>]*[^<>\s][^<>]*</")


def _is_xml(leaf: Leaf) -> bool:
    start = leaf.value.lstrip("\ufeff ï»¿\r\n\t")[:200]
    return leaf.kind in ("file", "body", "form", "json", "arg") and start.startswith("<") and ">" in leaf.value


def planted(token: str) -> str:
    """What stands in the file: nothing of it stands in the input."""
    return token[::-1]


def _values(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[str]:
    """Documents like the one that was sent, with a file of ours in all of its texts, then in one of them."""
    with tempfile.NamedTemporaryFile("w", prefix="prodready-", suffix=".txt") as file:
        file.write(planted(token))
        file.flush()
        body = PROLOG.sub("", leaf.value, count=1)
        root = re.match(r"<([\w:.-]+)", body)
        name = root[1] if root else "x"
        head = f'<!DOCTYPE {name} [<!ENTITY e SYSTEM "file://{file.name}">]>'
        places = list(TEXT.finditer(body))
        yield head + (TEXT.sub(">&e;</", body) if places else f"<{name}>&e;</{name}>")
        for place in places if len(places) > 1 else ():
            yield f"{head}{body[: place.start()]}>&e;</{body[place.end() :]}"


def _call(call: Call, attempt: Attempt) -> Sink | None:
    if attempt.attack != "xml-external-entity" or planted(attempt.token) not in f"{call.parameters}{call.body!r}":
        return None
    return Sink("xml", str(call.parameters), True, False, planted(attempt.token), call.site)


def _answer(attempt: Attempt, trace: Trace) -> Iterable[Sink]:
    outcome = attempt.entry.outcome if attempt.entry is not None else None
    if attempt.attack == "xml-external-entity" and outcome is not None and planted(attempt.token) in outcome.body:
        yield Sink(
            "xml", outcome.body, True, False, planted(attempt.token), attempt.entry.view if attempt.entry else None
        )


def _event(event: str, args: tuple[Any, ...], attempt: Attempt) -> Sink | None:
    """The parser of the standard library opens the file itself."""
    if attempt.attack != "xml-external-entity" or event != "open" or not isinstance(args[0], str):
        return None
    opened = attempt.value.partition('SYSTEM "file://')[2].partition('"')[0]
    bites = args[0] == opened != ""
    return Sink("xml", args[0], True, True, args[0]) if bites else None


ATTACKS = [
    Attack(
        "xml-external-entity",
        "XML that has a file read into it",
        values=_values,
        fits=_is_xml,
        of_commands=lambda leaf: True,
        of_calls=lambda leaf: True,
        calls=_call,
        events=_event,
        answers=_answer,
    )
]
