"""What the seams of command lines share: a command is a request whose arguments are what comes in; it can be given others."""

from __future__ import annotations

import argparse
import copy
import inspect
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import CodeType, FrameType
from typing import Any

from ..trace import LARGEST_REQUEST, RUN, Entry, Outcome, Request
from . import hub

#: How a file begins that the application does not read itself.
DATABASE = b"SQLite format 3\0"


def asked(words: Iterable[str], typed: Any = None) -> Request:
    """The command that is run now, as a request.

    Args:
        typed: what the test gives it to read.
    """
    trace = hub.trace
    assert trace is not None
    body = typed.encode() if isinstance(typed, str) else typed if isinstance(typed, bytes) else b""
    given = tuple(words)
    request = Request(RUN, "", body=body, words=given, files=tuple(_contents(given)), turn=trace.commands)
    if trace.phase == "call":
        trace.commands += 1
    return request


def _contents(words: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    for number, word in enumerate(words):
        path = path_in(word)[1]
        try:
            if os.path.isfile(path) and os.path.getsize(path) <= LARGEST_REQUEST:
                with open(path, "rb") as file:
                    content = file.read()
                if not content.startswith(DATABASE):
                    yield number, content
        except (OSError, ValueError):  # NUL in it, or not ours to read
            continue


def path_in(word: str) -> tuple[str, str]:
    """(`--option=`, value) of a word; the first may be empty."""
    name, equals, value = word.partition("=") if word.startswith("-") else ("", "", word)
    return (f"{name}=", value) if equals else ("", word)


@contextmanager
def given(request: Request) -> Iterator[list[str]]:
    """The words of an attacked command; files that an attack changes are other files, for as long as it runs."""
    words = list(request.words)
    if not request.files:
        yield words
        return
    with tempfile.TemporaryDirectory(prefix="prodready-") as folder:
        for number, content in request.files:
            option, path = path_in(words[number])
            changed = os.path.join(folder, os.path.basename(path))
            with open(changed, "wb") as file:
                file.write(content)
            words[number] = option + changed
        yield words


def printed(entry: Entry) -> tuple[str, str]:
    return hub.printed.since(entry.printed) if hub.printed is not None else ("", "")


def left(entry: Entry, exc: BaseException, output: tuple[str, str] = ("", "")) -> None:
    """The command was left by an exception: by SystemExit with its code, by others as a traceback."""
    out, err = output
    if isinstance(exc, SystemExit):
        whole = exc.code is None or isinstance(exc.code, int)
        code = int(exc.code or 0) if whole else 1
        entry.outcome = Outcome("exit", code, body=out, errors=err if whole else f"{err}{exc.code}\n")
        return
    entry.error = hub.error_info(exc)
    entry.outcome = Outcome("exit", 1, body=out, errors=err, error=entry.error)
    if entry.error is not None and entry.error.origin == "framework":  # shown by whoever runs it in standalone mode
        entry.error = entry.outcome.error = None
        entry.outcome.status = getattr(exc, "exit_code", 1)
        entry.outcome.errors += getattr(exc, "message", "")


def read_by(outermost: FrameType, reader: FrameType, label: str, words: tuple[str, ...]) -> None:
    """A function that the test called reads the arguments of a command: in a trial it is called with others before.

    Args:
        reader: the frame that reads them.
    """
    found = called_again(undecorated(outermost, reader), words)
    if found is None:
        return
    function, call = found
    request = asked(words)
    hub.arrived(Entry("command", label, given=words), function, request)
    if not hub.production:
        return

    def make(other: Request) -> None:
        with given(other) as changed:
            run(Entry("command", label, given=tuple(changed)), other, function, lambda: call(changed))

    hub.coming(request, make)


def run(entry: Entry, request: Request, function: Any, call: Callable[[], Any]) -> None:
    """Run an attacked command to its end, whatever that is; which function answers, a seam may tell on the way."""
    entry.request = request
    with hub.enter(entry):
        if function is not None:
            hub.arrived(entry, function, request)
        try:
            value = call()
        except (Exception, SystemExit) as exc:
            left(entry, exc, printed(entry))
        else:
            out, err = printed(entry)
            code = value if isinstance(value, int) and not isinstance(value, bool) else 0
            entry.outcome = Outcome("exit", code, body=out, errors=err, value=hub.plain(value))


def undecorated(outermost: FrameType, reader: FrameType) -> FrameType:
    """The first function of source on the way from `outermost` to `reader` that is no decorator's wrapper."""
    found, frame = outermost, reader
    while frame is not outermost and frame.f_back is not None:
        code = frame.f_code
        if hub.is_source(code.co_filename) and not _wraps(code):
            found = frame
        frame = frame.f_back
    return found if _wraps(outermost.f_code) else outermost


def _wraps(code: CodeType) -> bool:
    return bool(code.co_flags & inspect.CO_VARARGS) and "<locals>" in code.co_qualname


def called_again(frame: FrameType, words: tuple[str, ...]) -> tuple[Any, Callable[[list[str]], Any]] | None:
    """(function, call of it with other arguments); None where it cannot be called like this once more."""
    code, values = frame.f_code, frame.f_locals
    if code.co_flags & (inspect.CO_COROUTINE | inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR | inspect.CO_VARARGS):
        return None
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    owner: Any = None
    function = frame.f_globals.get(code.co_name)
    if code.co_qualname != code.co_name:  # a method
        owner = values.get(names[0]) if names else None
        function = getattr(owner, code.co_name, None)
    if getattr(inspect.unwrap(getattr(function, "__func__", function)), "__code__", None) is not code:  # type: ignore[arg-type]
        return None
    if any(name not in values for name in names):
        return None
    arguments = {name: values[name] for name in names[1 if owner is not None else 0 :]}
    holder = next((name for name, value in arguments.items() if _ends_with(value, words)), None)
    if holder is None and tuple(sys.argv[1:]) != words:
        return None

    def call(changed: list[str]) -> Any:
        others = {name: _unused(value) for name, value in arguments.items()}
        if holder is not None:
            before = list(arguments[holder])
            return function(**{**others, holder: [*before[: len(before) - len(words)], *changed]})  # type: ignore[misc]
        argv, sys.argv = sys.argv, [*sys.argv[:1], *changed]
        try:
            return function(**others)  # type: ignore[misc]
        finally:
            sys.argv = argv

    return function, call


def _unused(value: Any) -> Any:
    """A container as it was: what one call puts into a namespace would be there in the next."""
    if isinstance(value, argparse.Namespace | dict | list | set):
        with suppress(Exception):  # it may hold what cannot be copied
            return copy.deepcopy(value)
    return value


def _ends_with(value: Any, words: tuple[str, ...]) -> bool:
    """Whether this list is the arguments, with or without the name of the program in front."""
    if not isinstance(value, list | tuple) or not len(words) <= len(value) <= len(words) + 1 or not value:
        return False
    return tuple(str(word) for word in value[len(value) - len(words) :]) == words
