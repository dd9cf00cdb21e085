"""Odd replies: the family `reply` of DESIGN section 4, derived from the reply that was really observed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ..trace import Sighting
from . import Fault

REQUEST = frozenset({"request"})
#: The forms of a reply of another shape.
SHAPES = ("null", "[]", '"ok"')
#: At most so many fields of one reply are tried.
FIELDS = 3
PAGE = (
    b"<!DOCTYPE html>\n<html><head><title>Maintenance</title></head>\n"
    b"<body><h1>We will be back soon</h1><p>The service is being maintained.</p></body></html>\n"
)

Path = tuple[str | int, ...]


class Malformed(NamedTuple):
    """A body and, where it is another than before, its type."""

    body: bytes
    content_type: str | None = None


def fields(reply: Any) -> Iterator[tuple[str, Path]]:
    """The fields of a reply, as (`items[0].price`, path): top ones first; of a list its first element's."""
    level: list[tuple[str, Path, Any]] = [("", (), reply)]
    while level:
        below: list[tuple[str, Path, Any]] = []
        for label, path, value in level:
            while isinstance(value, list) and value:
                label, path, value = f"{label}[0]", (*path, 0), value[0]
            if isinstance(value, dict):
                for name, inner in value.items():
                    deeper = f"{label}.{name}" if label else name
                    yield deeper, (*path, name)
                    below.append((deeper, (*path, name), inner))
        level = below


def malform(fault: str, variant: str, text: str) -> Malformed | None:
    """What becomes of the reply `text`; None where it has nothing that the fault could change."""
    what = fault.partition(".")[2]
    if what == "html":
        return Malformed(PAGE, "text/html; charset=utf-8")
    if what == "empty":
        return Malformed(b"")
    if what == "truncated-json":
        return Malformed(text.rstrip()[: max(1, len(text.rstrip()) * 2 // 3)].encode())
    if what == "wrong-shape":
        return Malformed(variant.encode())
    try:
        reply = json.loads(text)
    except ValueError:
        return None
    path = next((path for label, path in fields(reply) if label == variant), None)
    if path is None:
        return None
    *above, last = path
    holder = reply
    for step in above:
        holder = holder[step]
    if what == "missing-field":
        del holder[last]
    elif what == "null-field":
        holder[last] = None
    else:
        return None
    return Malformed(json.dumps(reply).encode())


def _observed(sighting: Sighting) -> Any:
    """The reply as data, if it is a JSON object or array."""
    try:
        reply = json.loads(sighting.reply or "")
    except ValueError:
        return None
    return reply if isinstance(reply, dict | list) else None


def _any_json(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    return [] if _observed(sighting) is None else [""]


def _shapes(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    reply = _observed(sighting)
    if reply is None:
        return []
    return [shape for shape in SHAPES if not (shape == "[]" and isinstance(reply, list))]


def _fields_read(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    """The fields that occur as words in source."""
    reply = _observed(sighting)
    return [label for label, path in fields(reply) if words(str(path[-1]))][:FIELDS]


def _fields_filled(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    reply = _observed(sighting)
    filled = (label for label, path in fields(reply) if words(str(path[-1])) and _at(reply, path) is not None)
    return list(filled)[:FIELDS]


def _at(reply: Any, path: Path) -> Any:
    for step in path:
        reply = reply[step]
    return reply


FAULTS = [
    Fault(
        "reply.html",
        "a page of HTML where JSON is expected, with the status of the real answer",
        "a maintenance page, a log-in page or the page of a proxy, sent with status 200",
        REQUEST,
        3,
        after=True,
        variants=_any_json,
    ),
    Fault(
        "reply.missing-field",
        "a field of the reply is not there",
        "another version of the service, an optional field",
        REQUEST,
        6,
        after=True,
        variants=_fields_read,
    ),
    Fault(
        "reply.null-field",
        "a field of the reply is null",
        "data that was never filled in, a soft-deleted record",
        REQUEST,
        7,
        after=True,
        variants=_fields_filled,
    ),
    Fault(
        "reply.empty",
        "an empty body",
        "a proxy or a worker that was killed, 204 where 200 is documented",
        REQUEST,
        8,
        after=True,
        variants=_any_json,
    ),
    Fault(
        "reply.truncated-json",
        "JSON that ends in the middle",
        "a buffer of a proxy, a killed worker behind one",
        REQUEST,
        8,
        after=True,
        variants=_any_json,
    ),
    Fault(
        "reply.wrong-shape",
        "valid JSON of another shape",
        "an error or an empty result is sent with status 200",
        REQUEST,
        8,
        after=True,
        variants=_shapes,
    ),
]
