"""The arguments of a direct call that are named like a password: as good as submitted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import CodeType, FrameType

SECRET = re.compile(r"(?:.*_)?(?:password|passwd|passphrase|passcode|pwd|pw|pass|pin)[12]?", re.I)


#: The names of its arguments by the `id` of a function's code, which is kept: its hash takes its time.
_names: dict[int, tuple[CodeType, tuple[str, ...]]] = {}


def secrets(frame: FrameType) -> Iterator[tuple[str, str]]:
    """(name, value) of each, also in a dictionary that is an argument."""
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
            if value and SECRET.fullmatch(name):
                yield name, value
        elif isinstance(value, dict):
            for key, inner in list(value.items())[:40]:
                if isinstance(key, str) and isinstance(inner, str) and inner and SECRET.fullmatch(key):
                    yield key, inner
