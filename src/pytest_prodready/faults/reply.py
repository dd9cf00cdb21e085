"""Odd replies: the family `reply` of DESIGN section 4, derived from the reply that was really observed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ..observation import Sighting
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
    """What becomes of the reply `text`; None where it has nothing that the fault could change.

    Without a `variant` the first field or shape is taken that there is.
    """
    what = fault.partition(".")[2]
    if what == "html":
        return Malformed(PAGE, "text/html; charset=utf-8")
    if what == "empty":
        return Malformed(b"")
    if what == "truncated-json":
        return Malformed(text.rstrip()[: max(1, len(text.rstrip()) * 2 // 3)].encode())
    if what == "wrong-shape":
        return Malformed((variant or SHAPES[0]).encode())
    try:
        reply = json.loads(text)
    except ValueError:
        return Malformed(text.encode("latin-1", "replace")) if what == "bad-encoding" and not text.isascii() else None
    if what == "extra-field":
        return Malformed(json.dumps(reply).encode()) if _extend(reply) else None
    if what == "bad-encoding":
        return _in_latin_1(reply)
    fits = APPLIES.get(what)
    path = next(
        (
            path
            for label, path in fields(reply)
            if (label == variant or not variant) and (fits is None or fits(path, _at(reply, path)))
        ),
        None,
    )
    if path is None:
        return None
    *above, last = path
    holder = _at(reply, tuple(above))
    if what == "missing-field":
        del holder[last]
    elif what == "null-field":
        holder[last] = None
    elif what == "wrong-type":
        holder[last] = other_type(holder[last])
    elif what == "unknown-value":
        holder[last] = unknown(str(last), holder[last])
    else:
        return None
    return Malformed(json.dumps(reply).encode())


def other_type(value: Any) -> Any:
    """The value as another version of a service, or one in another language, would send it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        try:
            return json.loads(value) if NUMBER.fullmatch(value) else {"value": value}
        except ValueError:  # 007
            return {"value": value}
    if isinstance(value, list):
        return value[0] if value and isinstance(value[0], dict) else ",".join(map(str, value))
    return [value]


NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
#: Names of fields that hold one of a few words.
ENUMERATED = re.compile(
    r"(?:^|_)(?:status|state|type|kind|currency|method|mode|level|role|category|result|outcome|decision|phase|stage|"
    r"severity|priority|plan|tier|unit|event|action|channel|network|brand|country|language|locale|visibility)$",
    re.I,
)
WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_.-][A-Za-z0-9]+)*")
ADDED = ("added_later", {"reference": "n-1", "active": True})


def unknown(name: str, value: str) -> str:
    """A value that the service may send from tomorrow on, written as the others are."""
    if re.search("currency", name, re.I):
        return "XTS" if value.isupper() else "xts"  # ISO 4217: for tests
    for other, kept in (("SOMETHING_NEW", value.isupper()), ("something_new", value.islower())):
        if kept:
            return other
    return "SomethingNew"


def _is_enumerated(path: Path, value: Any) -> bool:
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(path[-1]))  # paymentStatus
    return (
        isinstance(value, str)
        and len(value) <= 40
        and WORD.fullmatch(value) is not None
        and ENUMERATED.search(name) is not None
    )


def _is_filled(path: Path, value: Any) -> bool:
    return value is not None


#: Which fields a fault changes; any, where nothing is said.
APPLIES: dict[str, Callable[[Path, Any], bool]] = {
    "null-field": _is_filled,
    "wrong-type": _is_filled,
    "unknown-value": _is_enumerated,
}


def _extend(reply: Any) -> bool:
    """Add a field to every object; whether there was one."""
    if isinstance(reply, list):
        return sum(map(_extend, reply)) > 0
    if not isinstance(reply, dict):
        return False
    for inner in reply.values():
        _extend(inner)
    reply.setdefault(*ADDED)
    return True


def _in_latin_1(reply: Any) -> Malformed | None:
    """The reply in another encoding than JSON's; None where it has no text to tell by."""
    for _, path in fields(reply):
        value = _at(reply, path)
        if isinstance(value, str):
            _at(reply, path[:-1])[path[-1]] = value + "\u00e9"
            body = json.dumps(reply, ensure_ascii=False)
            return Malformed(body.encode("latin-1", "replace"))
    return None


def _observed(sighting: Sighting) -> Any:
    """The reply as data, if it is a JSON object or array."""
    try:
        reply = json.loads(sighting.reply or "")
    except ValueError:
        return None
    return reply if isinstance(reply, dict | list) else None


def _any(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    """A JSON object or array, and any other text that was kept."""
    return [""] if _observed(sighting) is not None or _is_other_text(sighting) else []


def _is_other_text(sighting: Sighting) -> bool:
    try:
        json.loads(sighting.reply or "null")
    except ValueError:
        return True
    return False


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


def _fields_that(fits: Callable[[Path, Any], bool]) -> Callable[[Sighting, Callable[[str], bool]], list[str]]:
    """Of the fields that are read those that fit."""

    def variants(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
        reply = _observed(sighting)
        found = (label for label, path in fields(reply) if words(str(path[-1])) and fits(path, _at(reply, path)))
        return list(found)[:FIELDS]

    return variants


def _with_objects(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    return [""] if _extend(_observed(sighting)) else []


def _with_text(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    if _is_other_text(sighting):
        return [] if (sighting.reply or "").isascii() else [""]
    reply = _observed(sighting)
    return [""] if any(isinstance(_at(reply, path), str) for _, path in fields(reply)) else []


def _at(reply: Any, path: Path) -> Any:
    for step in path:
        reply = reply[step]
    return reply


FAULTS = [
    Fault(
        "reply.html",
        "a page of HTML where JSON, XML or CSV is expected, with the status of the real answer",
        "a maintenance page, a log-in page or the page of a proxy, sent with status 200",
        REQUEST,
        3,
        after=True,
        variants=_any,
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
        variants=_fields_that(_is_filled),
    ),
    Fault(
        "reply.empty",
        "an empty body",
        "a proxy or a worker that was killed, 204 where 200 is documented",
        REQUEST,
        8,
        after=True,
        variants=_any,
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
    Fault(
        "reply.wrong-type",
        "a field of the reply has another type: a number as text, text as an object, a list of one as its element",
        "another version of the service, a service in a language that is lax with types, XML that was made JSON",
        REQUEST,
        10,
        after=True,
        variants=_fields_that(_is_filled),
    ),
    Fault(
        "reply.unknown-value",
        "a field that holds one of a few words (a status, a type, a currency) holds one that was not known before",
        "a service that added a status or a currency",
        REQUEST,
        10,
        after=True,
        variants=_fields_that(_is_enumerated),
    ),
    Fault(
        "reply.extra-field",
        "every object of the reply has a field more",
        "a new version of the service: adding fields is what it may do at any time",
        REQUEST,
        10,
        after=True,
        variants=_with_objects,
    ),
    Fault(
        "reply.bad-encoding",
        "the reply is in Latin-1 and not in UTF-8",
        "a service that takes its database's encoding, a proxy that re-codes",
        REQUEST,
        10,
        after=True,
        variants=_with_text,
    ),
]
