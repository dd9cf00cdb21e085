"""An exception that nobody decided on leaves the entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from ...trace import Entry, ErrorInfo, Outcome
from ...verdicts import ERROR, WARNING, Objection
from .. import Check, View, family_of


class EscapedException(Check):
    name = "escaped-exception"
    pillar = "errors"
    cwe = 248
    summary = "under a fault, an exception that source did not decide on leaves the entry"
    why = "The user sees a bare 500 or a traceback, and nobody decided what should happen instead."
    fix = (
        "Catch it where the call is made, or register an error handler for its family, and give an answer of your own."
    )
    bad = "return requests.get(RATES, timeout=5).json()['eur']"
    good = """try:
    return requests.get(RATES, timeout=5).json()['eur']
except (requests.RequestException, KeyError) as exc:
    raise RatesUnavailable("no rates right now") from exc"""

    def judge(self, view: View) -> Iterator[Objection]:
        error = view.entry.error
        if view.trace.ended or error is None:
            return
        if view.entry.kind == "direct":
            yield from self._direct(view, error)
        elif view.entry.kind in ("command", "task", "declared"):
            yield from self._called(view, error)
        else:
            yield from self._route(view, error)

    def _route(self, view: View, error: ErrorInfo) -> Iterator[Objection]:
        entry = view.entry
        if error.origin not in ("foreign", "own"):
            return
        handler = _missing_handler(entry.handlers, entry.label, error)
        if self.unanswered(entry):
            yield self._escaped(view, error, f"{error.name} reached the user {_how(entry.outcome)}", handler)
        elif entry.late and self.foreign(error):
            status = entry.outcome.status if entry.outcome is not None else None
            message = f"{error.name} came when {status} had been answered already: no handler can change that"
            yield self._escaped(view, error, message, f"route {entry.label}", WARNING)  # see false-success

    def _direct(self, view: View, error: ErrorInfo) -> Iterator[Objection]:
        left = view.entry.outcome is not None and view.entry.outcome.kind == "exception"
        if not left or not self.foreign(error) or self.inner_layer(view):
            return
        outermost = view.call.path[-1]
        message = f"{error.name} left {outermost.function}() {_as_it_came(error)}"
        handler = f"{outermost.function} in {outermost.file}"
        yield self._escaped(view, error, message, handler, WARNING if self.doubtful(view) else ERROR)

    def _called(self, view: View, error: ErrorInfo) -> Iterator[Objection]:
        """A command, a task, a declared function: whoever called it sees what leaves it."""
        entry = view.entry
        left = entry.outcome is not None and entry.outcome.error is not None
        if not left or not self.foreign(error) or self.expected(entry, error):
            return
        how = "as a traceback" if entry.kind == "command" else _as_it_came(error)
        name = entry.label if entry.kind != "declared" else f"{entry.label.partition(':')[2]}()"
        path = view.call.path
        outermost = next((site for site in reversed(path) if site.function != "<module>"), path[-1])
        handler = f"{outermost.function} in {outermost.file}" if entry.kind == "command" else entry.label
        level = WARNING if self.named_by_caller(view) or self.asked_for(view) else None
        yield self._escaped(view, error, f"{error.name} left {name} {how}", handler, level)

    def _escaped(self, view: View, error: ErrorInfo, message: str, handler: str, level: str | None = None) -> Objection:
        return self.against(
            view.call, message, family_of(error.classes), handler, level,
            exception=error.name, text=error.text, entry=view.entry.label, raised_at=_at(error),
        )  # fmt: skip

    # the guards: each keeps clean code clean
    @staticmethod
    def unanswered(entry: Entry) -> bool:
        """Only the framework's last resort answered; any handler of the application's makes it handled."""
        return entry.last_resort

    @staticmethod
    def expected(entry: Entry, error: ErrorInfo) -> bool:
        """A task that is tried again for this family, or has a handler of its own for failures: that was decided."""
        return any(name in entry.handlers for name in error.classes)

    @staticmethod
    def foreign(error: ErrorInfo) -> bool:
        """Source did not decide on this exception, and it is no framework's own HTTP or CLI exception."""
        return error.origin == "foreign"

    @staticmethod
    def named_by_caller(view: View) -> bool:
        """A file that whoever ran the command told it to read, or the folder of it: he sees which one is not there."""
        call, entry = view.call, view.entry
        reads = call.family == "file" and call.kind in ("load", "list")
        words = "\n".join(entry.given or (entry.request.words if entry.request is not None else ())) if reads else ""
        path = PurePath(call.target)
        # as a word of its own, or in one: `--file=…`, `…:json`
        return any(re.search(rf"(?<![\w./-]){re.escape(str(one))}(?![\w./-])", words) for one in (path, *path.parents))

    @staticmethod
    def asked_for(view: View) -> bool:
        """The test gave an option that asks the command for its tracebacks: without it there may be none."""
        return view.entry.shows_tracebacks

    @staticmethod
    def inner_layer(view: View) -> bool:
        """A unit test of an inner layer: the entry that reaches the site is the boundary."""
        return view.call.site in view.suite.reached

    @staticmethod
    def doubtful(view: View) -> bool:
        """The suite drives entries, or the test passed the connection in: perhaps this is no boundary."""
        return view.suite.has_entries or view.call.passed_in


def _as_it_came(error: ErrorInfo) -> str:
    package, dot, _ = error.name.partition(".")
    return f"as it came from {package}" if dot else "as it was raised"


def _how(outcome: Outcome | None) -> str:
    if outcome is None or outcome.kind != "response" or outcome.status is None:
        return "and killed the request"
    if outcome.status == 101 or outcome.status >= 1000:
        return "and ended the session"
    return "as a bare 500" if outcome.status >= 500 else "and broke off the answer"


def _missing_handler(handlers: Iterable[str], entry: str, error: ErrorInfo) -> str:
    """The application, when it has no handler for the family at all; else the entry."""
    family = family_of(error.classes)
    if "." not in error.classes[0]:
        return f"route {entry}"  # nobody handles KeyError for a whole application
    package = family.split(".")[0]
    if any(handler.split(".")[0] == package for handler in handlers):
        return f"route {entry}"
    return "the application"


def _at(error: ErrorInfo) -> str | None:
    return f"{error.site.file}:{error.site.line}" if error.site else None
