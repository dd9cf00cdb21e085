"""Direct calls: a function of source that the test calls is an entry, and the texts among its arguments are what comes in.

Nothing is patched: the interpreter tells of each call, in runs of our own that ask for it, and right before one is made the
function may be called with other arguments.
"""

from __future__ import annotations

import functools
import inspect
import itertools
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import CodeType, FrameType
from typing import Any, NamedTuple

from ..trace import CALL, Entry, Outcome, Request
from . import audit, hub

#: The seam of what is heard.
CALLS = "call"
#: A text among the arguments, as JSON has it, that may be a document: XML, YAML, JSON.
DOCUMENT = re.compile(rb'(?:": |\[|, )"(?:[^"\\]|\\.)*?[<{\[:]')
#: Such a function is called when it goes on, too.
SUSPENDED = inspect.CO_COROUTINE | inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR
#: Of a list so many elements are arguments, and texts longer than that are none.
ELEMENTS, LONGEST = 2, 4000
#: What makes an object of a class.
INIT = "__init__"
#: So many values of a generator are asked for.
ITEMS = 100
#: So deep an argument is looked into.
DEEPEST = 3


class Heard(NamedTuple):
    """A call of the test's: what is called, and how it is called once more with other texts than those of the request."""

    function: Any
    request: Request
    again: Callable[[Request], Any]

    @property
    def entry(self) -> Entry:
        return Entry("direct", f"call {self.request.path}")


@contextmanager
def attacked() -> Iterator[None]:
    """Before each call of the test's body others like it may be made; of what is awaited see `awaited`."""
    turns = Counter[str]()

    def called(frame: FrameType, event: str) -> None:
        if event == "call" and not frame.f_code.co_flags & inspect.CO_COROUTINE:
            found = _heard(frame, turns)
            if found is not None:
                hub.coming(found.request, lambda other: _run(found, other))

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
            found, before = running[frame]
            asks = asked() > before or DOCUMENT.search(found.request.body)
            if asks or not frame.f_code.co_flags & SUSPENDED:  # else it may go on
                del running[frame]
            if asks:
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
    code = frame.f_code
    if not is_body() or not by_test(frame):
        return None
    if code.co_flags & inspect.CO_ASYNC_GENERATOR or (code.co_name.startswith(("<", "__")) and code.co_name != INIT):
        return None
    if code.co_flags & SUSPENDED and frame.f_lineno != code.co_firstlineno:
        return None  # it goes on
    found = _function(frame)
    return None if found is None else heard(*found, turns)


def is_body() -> bool:
    """Whether this is the body of a test in which nothing has come in yet."""
    trace = hub.trace
    return trace is not None and trace.phase == "call" and hub.current_entry() is None and hub.sources is not None


def heard(
    function: Any, call: Callable[[dict[str, Any]], Any], arguments: dict[str, Any], turns: Counter[str]
) -> Heard | None:
    """A call with these arguments; None where no text is among them.

    Args:
        call: calls it with other arguments.
        turns: how often each function was called.
    """
    texts = {name: text for name, value in arguments.items() if (text := _texts(value)) is not None}
    if not texts or hub.sources is None:
        return None
    code = inspect.unwrap(function).__code__
    name = f"{code.co_qualname} in {hub.sources.classify(code.co_filename)[1]}"
    request = Request(CALL, name, body=json.dumps(texts).encode(), turn=turns[name])
    turns[name] += 1

    def again(other: Request) -> Any:
        changed = json.loads(other.body)
        return call({key: _with(value, texts.get(key), changed.get(key)) for key, value in arguments.items()})

    return Heard(function, request, again)


def _run(found: Heard, request: Request) -> None:
    """Call it to its end, whatever that is."""
    with entered(found, request) as entry:
        value = found.again(request)
        if inspect.isgenerator(value):
            value = list(itertools.islice(value, ITEMS))
        elif isinstance(value, AbstractContextManager) and inspect.isgeneratorfunction(inspect.unwrap(found.function)):
            with value:
                pass
        returned(entry, value)


@contextmanager
def entered(found: Heard, request: Request) -> Iterator[Entry]:
    """One call, whose exceptions are its outcome."""
    entry = found.entry
    with hub.enter(entry):
        hub.arrived(entry, found.function, request)
        try:
            yield entry
        except (Exception, SystemExit) as exc:
            entry.error = hub.error_info(exc)
            entry.outcome = Outcome("exception", error=entry.error)


def returned(entry: Entry, value: Any) -> None:
    """The call has returned this."""
    entry.outcome = Outcome("return", body=value if isinstance(value, str) else "", value=hub.plain(value))


def by_test(frame: FrameType) -> bool:
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


def _function(frame: FrameType) -> tuple[Any, Callable[[dict[str, Any]], Any], dict[str, Any]] | None:
    """(function, call of it once more, arguments); None where it is not found by its name."""
    code, values = frame.f_code, frame.f_locals
    names = code.co_varnames
    count = code.co_argcount + code.co_kwonlyargcount
    rest = names[count] if code.co_flags & inspect.CO_VARARGS else ""
    others = names[count + bool(rest)] if code.co_flags & inspect.CO_VARKEYWORDS else ""
    given = [name for name in (*names[:count], rest, others) if name]
    if any(name not in values for name in given):
        return None
    function: Any = frame.f_globals.get(code.co_qualname.partition(".")[0])
    for step in code.co_qualname.split(".")[1:]:
        function = inspect.getattr_static(function, step, None)
    bound = function is not None and "." in code.co_qualname and not isinstance(function, staticmethod)
    function = getattr(function, "__func__", function)
    if getattr(inspect.unwrap(function), "__code__", None) is not code or (bound and not code.co_argcount):
        return None
    target = functools.partial(function, values[names[0]]) if bound else function
    if code.co_name == INIT:
        target = type(values[names[0]])
        if not _makes(target, function):
            return None
    # what stands before any number of arguments has no name to be called by
    places = names[bound : code.co_argcount if rest else code.co_posonlyargcount]

    def call(arguments: dict[str, Any]) -> Any:
        named = {name: value for name, value in arguments.items() if name not in (*places, rest, others)}
        placed = [arguments[name] for name in places]
        return target(*placed, *arguments.get(rest, ()), **named, **arguments.get(others, {}))

    arguments = {name: values[name] for name in given[bound:]}
    if rest:
        arguments[rest] = list(values[rest])
    return function, call, arguments


def _makes(cls: Any, function: Any) -> bool:
    """Whether calling the class makes an object by this function alone."""
    plain: Any = object
    return type(cls) is type and cls.__new__ is plain.__new__ and vars(cls).get(INIT) is function


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
