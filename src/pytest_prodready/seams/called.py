"""Direct calls: a function of source that the test calls is an entry, and the texts among its arguments are what comes in.

Nothing is patched: the interpreter tells of each call, in runs of our own that ask for it, and right before one is made the
function may be called with other arguments.
"""

from __future__ import annotations

import functools
import inspect
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any, NamedTuple

from ..trace import CALL, Entry, Outcome, Request
from . import audit, hub

#: The seam of what is heard.
CALLS = "call"
#: A text among the arguments, as JSON has it, that may be a document: XML, YAML, JSON.
DOCUMENT = re.compile(rb'(?:": |\[|, )"(?:[^"\\]|\\.)*?[<{\[:]')
#: Such a function is no call yet when its frame begins.
SUSPENDED = inspect.CO_COROUTINE | inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR
#: Of a list so many elements are arguments, and texts longer than that are none.
ELEMENTS, LONGEST = 2, 4000
#: So deep an argument is looked into.
DEEPEST = 3


class Heard(NamedTuple):
    """A call of the test's: what is called, how it is called once more with other texts, and with which it is now."""

    function: Any
    request: Request
    make: Callable[[Request], None]

    @property
    def entry(self) -> Entry:
        return Entry("direct", f"call {self.request.path}")


@contextmanager
def attacked() -> Iterator[None]:
    """Before each call of the test's body others like it may be made."""
    turns = Counter[str]()

    def called(frame: FrameType, event: str) -> None:
        found = _heard(frame, turns) if event == "call" else None
        if found is not None:
            hub.coming(found.request, found.make)

    with _listening(called):
        yield


@contextmanager
def noted() -> Iterator[None]:
    """Each call of the test's body arrives where it may be worth an attack: it asks for something outside of it.

    Documents are read without: whether that is done well shows nowhere.
    """
    turns, running = Counter[str](), dict[FrameType, tuple[Heard, int]]()
    events = 0

    def heard(event: str, args: tuple[Any, ...]) -> str:
        nonlocal events
        events += 1
        return ""

    def asked() -> int:
        return events + (len(hub.trace.calls) + len(hub.trace.logs) if hub.trace is not None else 0)

    def called(frame: FrameType, event: str) -> None:
        if event == "call":
            found = _heard(frame, turns)
            if found is not None:
                running[frame] = found, asked()
        elif event == "return" and frame in running:
            found, before = running.pop(frame)
            if asked() > before or DOCUMENT.search(found.request.body):
                hub.arrived(found.entry, found.function, found.request)

    before = audit.listen(heard)
    try:
        with _listening(called):
            yield
    finally:
        audit.listen(before)


@contextmanager
def _listening(called: Callable[[FrameType, str], None]) -> Iterator[None]:
    """Hear of functions of source, unless somebody else listens to the interpreter already."""
    if sys.getprofile() is not None:
        yield
        return

    def profile(frame: FrameType, event: str, arg: Any) -> None:
        if event in ("call", "return") and hub.is_source(frame.f_code.co_filename):
            try:
                called(frame, event)
            except Exception as exc:
                hub.internal_error("a direct call could not be looked at", exc)

    sys.setprofile(profile)
    try:
        yield
    finally:
        sys.setprofile(None)


def _heard(frame: FrameType, turns: Counter[str]) -> Heard | None:
    trace, code = hub.trace, frame.f_code
    if trace is None or trace.phase != "call" or hub.current_entry() is not None or hub.sources is None:
        return None
    if code.co_flags & SUSPENDED or code.co_name.startswith(("<", "__")) or not _by_test(frame):
        return None
    found = _function(frame)
    if found is None:
        return None
    function, again, arguments = found
    texts = {name: text for name, value in arguments.items() if (text := _texts(value)) is not None}
    if not texts:
        return None
    name = f"{code.co_qualname} in {hub.sources.classify(code.co_filename)[1]}"
    request = Request(CALL, name, body=json.dumps(texts).encode(), turn=turns[name])
    turns[name] += 1

    def make(other: Request) -> None:
        changed = json.loads(other.body)
        given = {key: _with(value, texts.get(key), changed.get(key)) for key, value in arguments.items()}
        _run(heard.entry, other, function, lambda: again(**given))

    heard = Heard(function, request, make)
    return heard


def _run(entry: Entry, request: Request, function: Any, call: Callable[[], Any]) -> None:
    """Call it to its end, whatever that is."""
    with hub.enter(entry):
        hub.arrived(entry, function, request)
        try:
            value = call()
        except (Exception, SystemExit) as exc:
            entry.error = hub.error_info(exc)
            entry.outcome = Outcome("exception", error=entry.error)
        else:
            entry.outcome = Outcome("return", body=value if isinstance(value, str) else "", value=hub.plain(value))


def _by_test(frame: FrameType) -> bool:
    """Whether the test calls it, with nothing in between but decorators' wrappers."""
    assert hub.sources is not None
    back = frame.f_back
    while back is not None:
        kind = hub.sources.classify(back.f_code.co_filename)[0]
        if kind == "test":
            return True
        if kind == "plugin" or (kind == "source" and not _wraps(back.f_code)):
            return False
        back = back.f_back
    return False


def _wraps(code: CodeType) -> bool:
    return bool(code.co_flags & inspect.CO_VARARGS) and "<locals>" in code.co_qualname


def _function(frame: FrameType) -> tuple[Any, Callable[..., Any], dict[str, Any]] | None:
    """(function, call of it once more, arguments); None where it is not found by its name, or not called by names."""
    code, values = frame.f_code, frame.f_locals
    count = code.co_argcount + code.co_kwonlyargcount
    names = code.co_varnames[:count]
    if code.co_posonlyargcount or code.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS):
        return None
    if any(name not in values for name in names):
        return None
    function: Any = frame.f_globals.get(code.co_qualname.partition(".")[0])
    for step in code.co_qualname.split(".")[1:]:
        function = inspect.getattr_static(function, step, None)
    bound = function is not None and "." in code.co_qualname and not isinstance(function, staticmethod)
    function = getattr(function, "__func__", function)
    if getattr(inspect.unwrap(function), "__code__", None) is not code:
        return None
    if not bound:
        return function, function, {name: values[name] for name in names}
    if not names:
        return None
    return function, functools.partial(function, values[names[0]]), {name: values[name] for name in names[1:]}


def _texts(value: Any, depth: int = 0) -> Any:
    """What of an argument is text, as JSON has it: None for what is not, and where nothing is."""
    if type(value) is str:
        return value if len(value) <= LONGEST else None
    if depth >= DEEPEST:
        return None
    if type(value) is dict:
        inside = {key: _texts(inner, depth + 1) for key, inner in value.items() if type(key) is str}
        return {key: text for key, text in inside.items() if text is not None} or None
    if type(value) is list:
        elements = [_texts(inner, depth + 1) for inner in value[:ELEMENTS]]
        return elements if any(text is not None for text in elements) else None
    return None


def _with(value: Any, before: Any, after: Any) -> Any:
    """The argument with those of its texts replaced that are others now."""
    if before == after:
        return value
    if isinstance(value, dict):
        return {key: _with(inner, before.get(key), after.get(key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with(inner, *pair) for inner, *pair in zip(value, before, after, strict=False)] + value[len(before) :]
    return after
