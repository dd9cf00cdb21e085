"""Templates: input that is read as a template, and not as a value of one."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from types import FrameType
from typing import Any

from ..payloads import FORMAT, TEMPLATES, filled
from ..trace import Attempt, Sink, Trace
from . import Attack, Leaf
from .arguments import TEMPLATE, is_plain, may_be

ENGINES = ("jinja2", "django.template", "mako", "tornado.template", "chameleon")
FIELD = re.compile(r"(?<!\{)\{(\w*)\}")
CLASS = "<class '"
#: What an engine takes out of a payload.
WRITTEN = re.compile(r"\$?\{.*\}", re.S)


def _values(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[str]:
    """An expression, a comment that an engine takes out of the page, and the class of what `str.format` is given."""
    for field in FIELD.findall(leaf.value)[:2]:
        yield f"{token}{{{field}.__class__}}"
    if any(name in sys.modules for name in ENGINES):
        for payload in TEMPLATES:
            yield leaf.around(filled(payload, token))
    yield filled(FORMAT, token)


def _event(event: str, args: tuple[Any, ...], attempt: Attempt) -> Sink | None:
    if event != "compile" or not isinstance(args[0], str | bytes):
        return None
    source = args[0].decode("utf-8", "replace") if isinstance(args[0], bytes) else args[0]
    if attempt.token not in source or "jinja2.runtime" not in source[:200]:
        return None
    if is_sandboxed():
        return Sink("sandbox", attempt.value)
    if is_own(attempt):
        return Sink("own template", attempt.value)
    # Jinja looks a name up where it stands in an expression; text of a page stays text
    bites = attempt.attack == "template-injection" and re.search(rf"\bl_\d+_{attempt.token}\b", source) is not None
    return Sink("template", attempt.value, bites, bites, f"{{{{{attempt.token}}}}}")


def is_sandboxed() -> bool:
    """Whether Jinja compiles for an environment that keeps expressions from what they should not reach."""
    frame = _frame("_compile")
    return frame is not None and bool(getattr(frame.f_locals.get("self"), "sandboxed", False))


def is_own(attempt: Attempt) -> bool:
    """Whether the argument is the whole template: a caller may write one."""
    frame = _frame("compile") if attempt.request.is_meant else None
    return frame is not None and str(frame.f_locals.get("source_hint")).strip() == attempt.value.strip()


def _frame(name: str) -> FrameType | None:
    """The innermost function of that name that Jinja runs now."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and not (frame.f_code.co_name == name and "jinja2" in frame.f_code.co_filename):
        frame = frame.f_back
    return frame


def _answer(attempt: Attempt, trace: Trace) -> Iterable[Sink]:
    """What shows in the answer that an engine has read it."""
    outcome = attempt.entry.outcome if attempt.entry is not None else None
    if outcome is None or attempt.token not in outcome.body:
        return
    view = attempt.entry.view if attempt.entry is not None else None
    held = attempt.attack != "template-injection" or any(sink.kind == "sandbox" for sink in attempt.sinks)
    held = held or formats_for_itself(attempt) or renders_for_itself(attempt, outcome.body)
    proof = "" if held else _evaluated(outcome.body, attempt.token)
    yield Sink("echo", outcome.body, bool(proof), False, proof, view)


def formats_for_itself(attempt: Attempt) -> bool:
    """Whether `str.format` shows attributes to whoever runs the command: they are his anyway, and nothing is called."""
    return (attempt.request.is_command or attempt.request.is_meant) and "__class__" in attempt.value


def renders_for_itself(attempt: Attempt, body: str) -> bool:
    """Whether all that comes back is what a caller gave: the template was his."""
    return attempt.request.is_meant and body.strip() == WRITTEN.sub("", attempt.value).strip()


def _evaluated(body: str, token: str) -> str:
    for shown in (token + token, f"{token}{CLASS}", f"{token}&lt;class &#39;", f"{token}&lt;class &#x27;"):
        if shown in body:
            return shown
    return ""


ATTACKS = [
    Attack(
        "template-injection",
        "input that is read as a template",
        values=_values,
        touches=frozenset({"template", "echo"}),
        spared=frozenset({"own template"}),
        unasked=lambda leaf: FIELD.search(leaf.value) is not None,
        fits=lambda leaf: leaf.type == "str" and leaf.kind != "header",
        of_commands=lambda leaf: True,
        of_calls=lambda leaf: is_plain(leaf) and not may_be(leaf, TEMPLATE),
        events=_event,
        answers=_answer,
    )
]
