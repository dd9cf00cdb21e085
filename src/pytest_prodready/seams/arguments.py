"""The arguments of a direct call that are named like a password, or are a card's number: as good as submitted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import CodeType, FrameType
from typing import Any

SECRET = re.compile(r"(?:.*_)?(?:password|passwd|passphrase|passcode|pwd|pw|pass|pin)[12]?", re.I)
#: As many digits as a card's number has; whether it is one its reader tells.
CARD = re.compile(r"\s*\d(?:[ -]?\d){12,18}\s*")
#: So many fields of an argument are looked at.
MOST = 40


#: The names of its arguments by the `id` of a function's code, which is kept: its hash takes its time.
_names: dict[int, tuple[CodeType, tuple[str, ...]]] = {}


def _held(value: object) -> dict[Any, Any]:
    """The attributes of an object, without asking it: a proxy answers for another one."""
    try:
        held = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}
    return held if isinstance(held, dict) else {}


def secrets(frame: FrameType) -> Iterator[tuple[str, str]]:
    """(name, value) of each, also in a dictionary or object that is an argument."""
    code = frame.f_code
    known = _names.get(id(code))
    if known is None:
        known = _names[id(code)] = code, code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    names = known[1]
    if not names:
        return
    values = frame.f_locals
    for name in names:
        value = values.get(name)
        if isinstance(value, str):
            inside: dict[Any, Any] = {name: value}
        elif isinstance(value, dict):
            inside = value
        else:  # what the object has that the method belongs to, nobody has handed over
            inside = {} if name in ("self", "cls") or isinstance(value, type) else _held(value)
        for key, inner in list(inside.items())[:MOST]:
            if (
                isinstance(key, str)
                and type(inner) is str
                and inner
                and (SECRET.fullmatch(key) or CARD.fullmatch(inner))
            ):
                yield key, inner
