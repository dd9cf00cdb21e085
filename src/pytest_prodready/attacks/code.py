"""Python: input that is evaluated."""

from __future__ import annotations

import dis
from collections.abc import Iterator, Sequence
from types import CodeType
from typing import Any

from ..payloads import TERMS, filled
from ..trace import Attempt, Sink
from . import Attack, Leaf
from .arguments import CODE, is_plain, is_term, may_be

LOOK_UP = frozenset({"LOAD_NAME", "LOAD_GLOBAL", "LOAD_CLASSDEREF", "IMPORT_NAME"})


def _values(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[str]:
    """A name, in the place of a value, in a term, behind an operator, after a text."""
    yield token
    first, *others = (leaf.around(filled(term, token)) for term in TERMS)
    yield first
    yield f"{leaf.value}{token} or 0{leaf.value}"  # an operator
    yield from others


def _event(event: str, args: tuple[Any, ...], attempt: Attempt) -> Sink | None:
    if event == "exec" and isinstance(args[0], CodeType) and args[0].co_filename.startswith("<"):
        code = args[0]
        if code.co_filename == "<template>" or not _mentions(code, attempt.token):
            return None
        bites = attempt.attack == "code-injection" and attempt.token in _looked_up(code)
        return Sink("code", attempt.token, bites, bites, attempt.token)
    if event == "compile" and args[0] is not None and args[1] != "<template>":
        source = args[0].decode("utf-8", "replace") if isinstance(args[0], bytes) else args[0]
        if isinstance(source, str) and attempt.token in source and "jinja2.runtime" not in source[:200]:
            return Sink("structure" if is_own(source, attempt) else "code", source)
    # which module to load is the choice of whoever runs a command, or calls
    if event == "import" and isinstance(args[0], str) and attempt.token in args[0] and not _chooses(attempt):
        bites = attempt.attack == "code-injection" and args[0].startswith(attempt.token)
        return Sink("code", f"import {args[0]}", bites, bites, f"import {args[0]}")
    return None


def _chooses(attempt: Attempt) -> bool:
    return attempt.request.is_command or attempt.request.is_meant


def is_own(source: str, attempt: Attempt) -> bool:
    """Whether a harmless argument is the whole code: a caller may have it run, unless it was a term of numbers."""
    whole = attempt.request.is_meant and not attempt.attack and source.strip() == attempt.value.strip()
    return whole and not is_term(attempt.value.replace(attempt.token, ""))


def _names(code: CodeType) -> set[str]:
    """The names that the code looks up, in its functions too."""
    found = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found |= _names(constant)
    return found


def _looked_up(code: CodeType) -> set[str]:
    """As `_names`, without the names of attributes and arguments: those a library may make of any text."""
    found = {str(step.argval) for step in dis.get_instructions(code) if step.opname in LOOK_UP}
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found |= _looked_up(constant)
    return found


def _mentions(code: CodeType, token: str) -> bool:
    return any(token in name for name in _names(code)) or any(token in str(const) for const in code.co_consts)


ATTACKS = [
    Attack(
        "code-injection",
        "input that is evaluated as Python",
        values=_values,
        touches=frozenset({"code"}),
        spared=frozenset({"structure"}),
        fits=lambda leaf: leaf.type == "str",
        of_commands=lambda leaf: True,
        of_calls=lambda leaf: (is_plain(leaf) or is_term(leaf.value)) and not may_be(leaf, CODE),
        events=_event,
        shrinks=True,
    )
]
