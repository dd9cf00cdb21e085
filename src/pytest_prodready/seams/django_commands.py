"""Django's management commands, run by `call_command` or by their command line: each that a test runs is an entry."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from ..trace import Entry, ErrorInfo, Outcome
from . import Patches, Seam, hub

#: Set-up of a database: what fails in a migration is to fail loudly.
SET_UP = frozenset({"createcachetable", "flush", "loaddata", "migrate", "sqlflush"})

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
    written[entry] = []
    with hub.enter(entry):
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
