"""Outcomes as plain data, and when two of them are equal."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence, Set
from enum import Enum
from typing import Any

from ..trace import DOUBLE, Outcome

DEPTH, WIDTH, LENGTH = 6, 200, 20_000


def plain(value: Any, depth: int = DEPTH) -> Any:
    """Reduce a value to lists, dicts and scalars, without running code of the application."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return value[:LENGTH]
    if isinstance(value, (bytes, bytearray)):
        return bytes(value[:LENGTH]).decode("latin-1")
    if "_mock_children" in getattr(value, "__dict__", ()):
        return DOUBLE
    kind = type(value).__qualname__
    if depth <= 0:
        return f"<{kind}>"
    if isinstance(value, Enum):
        return f"<{kind} {value.name}>"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {"": kind, **_attributes(value, depth)}
    if isinstance(value, dict):
        return {str(k): plain(v, depth - 1) for k, v in list(value.items())[:WIDTH]}
    if isinstance(value, (list, tuple)):
        return [plain(v, depth - 1) for v in value[:WIDTH]]
    if isinstance(value, (set, frozenset)):
        return sorted(json.dumps(plain(v, depth - 1), default=str, sort_keys=True) for v in value)[:WIDTH]
    if type(value).__module__ in ("decimal", "datetime", "uuid", "pathlib", "fractions"):
        return f"<{kind} {value}>"
    if callable(value) or isinstance(value, (Mapping, Sequence, Set)) or hasattr(value, "__next__"):
        return f"<{kind}>"
    return {"": kind, **_attributes(value, depth)}


def _attributes(value: Any, depth: int) -> dict[str, Any]:
    names = getattr(value, "__dict__", None)
    if names is None:
        names = {
            n: getattr(value, n)
            for n in getattr(type(value), "__slots__", ())
            if isinstance(n, str) and hasattr(value, n)
        }
    return {n: plain(v, depth - 1) for n, v in list(names.items())[:WIDTH] if not n.startswith("_")}


_MISSING = object()
_WORDS = re.compile(r"\w+|\W")
#: Headers that say nothing about how the request went.
QUIET_HEADERS = frozenset(
    {"date", "server", "content-length", "set-cookie", "etag", "last-modified", "x-request-id", "vary"}
)


def same(trial: Outcome | None, control: Outcome | None, again: Outcome | None) -> bool:
    """Whether a trial's outcome is the control run's, but for what differs between two control runs anyway."""
    if trial is None or control is None:
        return False
    return _same(_data(trial), _data(control), _data(again) if again is not None else _data(control))


def _data(outcome: Outcome) -> Any:
    if outcome.kind == "exception":
        error = outcome.error
        return ["exception", error.name if error else "", error.text if error else ""]
    if outcome.kind == "return":
        return ["return", outcome.value]
    if outcome.kind == "exit":
        left = outcome.error.name if outcome.error else ""
        return ["exit", outcome.status, outcome.value, _text(outcome.body), _text(outcome.errors), left]
    body = _text(outcome.body)
    headers = {k.lower(): v for k, v in outcome.headers if k.lower() not in QUIET_HEADERS}
    return ["response", outcome.status, headers, body]


def _text(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return {"words": _WORDS.findall(text)}


def _same(trial: Any, control: Any, again: Any) -> bool:
    if isinstance(control, dict) and isinstance(again, dict) and isinstance(trial, dict):
        keys = control.keys() | trial.keys()
        return all(
            _same(trial.get(k, _MISSING), control.get(k, _MISSING), again.get(k, _MISSING))
            for k in keys
            if (k in control) == (k in again)
        )
    if isinstance(control, list) and isinstance(again, list) and isinstance(trial, list):
        if len(control) != len(again):
            return _like(trial, control, again)
        return len(trial) == len(control) and all(map(_same, trial, control, again))
    if control != again or type(control) is not type(again):
        return _like(trial, control, again)
    return type(trial) is type(control) and bool(trial == control)


def _like(trial: Any, control: Any, again: Any) -> bool:
    """What differs from run to run: any value of its kind will do, but not nothing in place of something."""
    return any(type(trial) is type(known) and bool(trial) == bool(known) for known in (control, again))
