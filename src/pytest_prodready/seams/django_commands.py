"""Django's management commands, run by `call_command` or by their command line: each that a test runs is an entry."""

from __future__ import annotations

import datetime
import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from types import ModuleType
from typing import Any

from ..trace import Entry, ErrorInfo, Outcome, Request
from . import Patches, Seam, commands, hub

#: Set-up of a database: what fails in a migration is to fail loudly.
SET_UP = frozenset({"createcachetable", "flush", "loaddata", "migrate", "sqlflush"})

#: Options that each command has.
BASE = frozenset(
    {"help", "version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks"}
)

#: So many lines are kept of what a command writes to streams of its own.
LINES = 1000
written: dict[Entry, list[str]] = {}  # by running command


def _execute(wrapped: Any, command: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    trace = hub.trace
    if trace is None or trace.phase != "call" or hub.current_entry() is not None:
        return wrapped(*args, **kwargs)
    if hub.origin(sys._getframe(1)) == "source":  # a part of what the application does
        return wrapped(*args, **kwargs)
    package, _, name = type(command).__module__.rpartition(".")
    if name in SET_UP and package.startswith("django."):
        with hub.quiet():
            return wrapped(*args, **kwargs)
    entry = Entry("command", f"command {name}")
    words = _words(command, name, args, kwargs)
    if words is not None:
        entry.given, entry.request = tuple(words), commands.asked(words)
        if hub.production:

            def make(request: Request) -> None:
                other = Entry("command", entry.label, given=request.words)
                with commands.given(request) as changed, _own_streams(command):
                    commands.run(
                        other, request, command.handle, lambda: _again(wrapped, command, name, changed, kwargs)
                    )

            hub.coming(entry.request, make)
    written[entry] = []
    with hub.enter(entry):
        if entry.request is not None:
            hub.arrived(entry, command.handle, entry.request)
        try:
            answer = wrapped(*args, **kwargs)
        except SystemExit as exc:
            _ended(entry, int(exc.code or 0) if exc.code is None or isinstance(exc.code, int) else 1)
            raise
        except BaseException as exc:
            error = hub.error_info(exc)
            if error is not None and error.origin == "framework":  # CommandError, shown by `execute_from_command_line`
                _ended(entry, getattr(exc, "returncode", 1), f"{type(exc).__name__}: {exc}\n", error)
            else:
                entry.error = error
                _ended(entry, 1)
            raise
        _ended(entry, 0)
        return answer


def _words(command: Any, name: str, args: tuple[Any, ...], options: Mapping[str, Any]) -> list[str] | None:
    """The command line that says the same; None where none does."""
    try:
        found: list[str] = []
        for action in command.create_parser("manage.py", name)._actions:
            value = options.get(action.dest, action.default)
            if (
                action.dest in BASE
                or isinstance(action.choices, dict)
                or (action.option_strings and value == action.default)
            ):
                continue
            texts = [_text(one) for one in (value if isinstance(value, list | tuple) else [value]) if one is not None]
            if not action.option_strings:
                found[:0] = texts
            elif action.nargs == 0:
                found.append(_flag(action.option_strings, bool(value)))
            elif len(texts) == 1:
                found.append(f"{action.option_strings[-1]}={texts[0]}")
            else:
                found += [action.option_strings[-1], *texts]
        return [*found, *map(_text, args)]
    except Exception:  # values that no command line has
        return None


def _flag(names: list[str], wanted: bool) -> str:
    """Of `--x` and `--no-x` the one that says so."""
    return next((name for name in names if name.startswith("--no-") != wanted), names[-1])


def _text(value: Any) -> str:
    if not isinstance(value, str | int | float | Decimal | datetime.date | os.PathLike):
        raise TypeError(value)
    return str(value)


def _again(wrapped: Any, command: Any, name: str, words: list[str], options: dict[str, Any]) -> Any:
    """The command with other arguments, read as those of a command line are."""
    parsed = vars(command.create_parser("manage.py", name).parse_args(words))
    rest = parsed.pop("args", ())
    read = {key: value for key, value in parsed.items() if key not in BASE}
    return wrapped(*rest, **{**options, **read, "stdout": io.StringIO(), "stderr": io.StringIO()})


@contextmanager
def _own_streams(command: Any) -> Iterator[None]:
    """A command keeps the streams that it was given last."""
    before = command.stdout, command.stderr
    try:
        yield
    finally:
        command.stdout, command.stderr = before


def _ended(entry: Entry, code: int, errors: str = "", error: ErrorInfo | None = None) -> None:
    out, err = hub.printed.since(entry.printed) if hub.printed is not None else ("", "")
    out = "".join(written.pop(entry, ())) + out
    entry.outcome = Outcome("exit", code, body=out, errors=err + errors, error=error or entry.error)


def _write(wrapped: Any, output: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    entry = hub.current_entry() if hub.trace is not None else None
    kept = written.get(entry) if entry is not None else None
    # what goes to the streams of the process is seen there
    if kept is not None and output._out not in (sys.stdout, sys.stderr) and len(kept) < LINES:
        kept.append(f"{args[0] if args else kwargs.get('msg', '')}\n")
    return wrapped(*args, **kwargs)


def install(module: ModuleType, patches: Patches) -> None:
    patches.wrap(module.BaseCommand, "execute", _execute)
    patches.wrap(module.OutputWrapper, "write", _write)


def canary(module: ModuleType) -> None:
    class Command(module.BaseCommand):  # type: ignore[misc, name-defined]
        requires_system_checks = ()

        def handle(self, *args: Any, **options: Any) -> None: ...

    if hub.trace is not None:
        hub.trace.phase = "call"  # fixtures migrate and flush: that is no entry
    Command().execute(force_color=False, no_color=True, skip_checks=True)


SEAM = Seam("django-commands", ("django.core.management.base",), install, canary)
