"""What the `trace` fixture gives: what this test did so far, to be asserted on and to be read."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .trace import INWARD, Call, Entry, LogRecord, Trace

#: So many lines are printed, and so much of one statement.
LINES, WIDTH = 40, 100


@dataclass(frozen=True)
class SeenCall:
    """One call, as it was when it was asked for.

    Attributes:
        kind: `connect`, `read`, `write`, `commit` or `other` (BEGIN, SAVEPOINT, a setting) of a database, or `request`.
        operation: what it does, without numbers and ids: `read orders`, `GET api.stripe.com/v1/charges/<n>`.
        target: the host, or the name of the database.
        statement: the SQL; of a request the URL.
        parameters: those of the statement.
        payload: what source gave to be sent with a request, as `json` or `data`.
        headers: those of a request, names in lower case.
        status: that of the answer; None while there is none.
        site: the innermost line of source on the stack, as `file:line`; empty where there is none.
        function: the function of that line.
        entry: the route, command or direct call through which the world got there.
        error: what the call raised, as text; empty when it succeeded.
        fault: the name of the fault that struck it, else None.
    """

    kind: str
    operation: str
    target: str
    statement: str
    parameters: Any
    payload: Any
    headers: dict[str, str]
    status: int | None
    site: str
    function: str
    entry: str
    error: str
    fault: str | None

    @property
    def method(self) -> str:
        """The method of a request; of other calls an empty text."""
        return self.operation.partition(" ")[0] if self.kind == "request" else ""

    @property
    def url(self) -> str:
        """The whole URL of a request; of other calls an empty text."""
        return self.statement if self.kind == "request" else ""

    def __repr__(self) -> str:
        return f"<{self.operation} at {self.site or 'no line of source'}>"

    def __str__(self) -> str:
        what = f"{self.method} {self.url}" if self.kind == "request" else self.statement
        text = f"{self.kind:<8}{_short(what) or self.target[-WIDTH // 2 :]}"
        if self.parameters is not None:
            text += f"  {_short(repr(self.parameters))}"
        if self.fault or self.error:
            text += f"  ! {self.fault or self.error}"
        return f"{text}  {self.site} {self.function}".rstrip()


@dataclass(frozen=True)
class SeenEntry:
    """Where the world entered the application.

    Attributes:
        kind: `route`, `command`, `task`, `declared` or `direct`.
        label: `POST /orders`, or the function and its place.
        status: that of the response, or the exit code; None while there is none.
        error: what left the application, as text; empty when nothing did.
    """

    kind: str
    label: str
    status: int | None
    error: str


class SeenTrace:
    """The calls of this test so far. Whatever is asked is answered anew, for this moment.

    Only the test's body counts, and of it only what the application did: neither fixtures nor the test's own calls.
    `all` has those too.
    """

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._begin = _Mark(0, 0, 0, 0)
        self._end: _Mark | None = None  # of a part that is over

    @property
    def calls(self) -> list[SeenCall]:
        """What the application asked of the world, in order."""
        return [_seen(call) for call in self._of_application()]

    @property
    def queries(self) -> list[SeenCall]:
        """The statements that read or write: without those that begin, save and end a transaction, or set something."""
        return [_seen(call) for call in self._of_application() if _is_query(call)]

    @property
    def commits(self) -> list[SeenCall]:
        """The commits of something: one with nothing to commit is none."""
        return [_seen(call) for call in self._of_application() if call.kind == "commit" and call.failable]

    @property
    def connects(self) -> list[SeenCall]:
        """The connections to databases that were opened."""
        return [_seen(call) for call in self._of_application() if call.kind == "connect"]

    @property
    def requests(self) -> list[SeenCall]:
        """The requests that went out."""
        return [_seen(call) for call in self._of_application() if call.kind == "request"]

    def requests_to(self, host: str) -> list[SeenCall]:
        """The requests to one host.

        Args:
            host: as it stands in the URL, with a port or without, or a pattern (`*.stripe.com`); what follows it must
                be how the path begins (`api.stripe.com/v1/charges`).
        """
        name, slash, path = re.sub(r"^\w+://", "", host).partition("/")
        return [call for call in self.requests if _goes_to(call.url, name.lower(), slash + path)]

    @property
    def entries(self) -> list[SeenEntry]:
        """The requests, commands and tasks that the application served, and the functions that the test called."""
        body, found = self._trace.body, self._trace.entries
        numbers = range(*body.indices(len(found)))
        return [_entered(found[n]) for n in numbers if self._begin.entries <= n < self._until.entries]

    @property
    def logs(self) -> list[LogRecord]:
        """What was logged, by `level` (a number), `logger` and `text`."""
        return self._trace.logs[self._begin.logs : self._until.logs]

    @property
    def sleeps(self) -> list[float]:
        """Under a fault: the seconds of each wait, be it a back-off or a time-out. None of them was slept for real."""
        return [sleep.seconds for sleep in self._trace.sleeps[self._begin.sleeps : self._until.sleeps]]

    @property
    def all(self) -> list[SeenCall]:
        """Every call: those of fixtures, of the test itself and of the application's start too."""
        calls = self._trace.calls[self._begin.calls : self._until.calls]
        return [_seen(call) for call in calls if call.family not in INWARD]

    @contextmanager
    def part(self) -> Iterator[SeenTrace]:
        """What is done within this block, apart: `with trace.part() as part: ...`, then `len(part.queries)`."""
        part = SeenTrace(self._trace)
        part._begin = _mark(self._trace)
        try:
            yield part
        finally:
            part._end = _mark(self._trace)

    @property
    def _until(self) -> _Mark:
        return self._end or _mark(self._trace)

    def _of_application(self) -> Iterator[Call]:
        calls = self._trace.calls[self._begin.calls : self._until.calls]
        return (c for c in calls if c.phase == "call" and not c.by_test and c.family not in INWARD)

    def __repr__(self) -> str:
        """One line: pytest shows it beside the assertion that failed."""
        counted = [
            (len(self.queries), "query", "queries"),
            (len(self.commits), "commit", "commits"),
            (len(self.connects), "connection", "connections"),
            (len(self.requests), "request", "requests"),
        ]
        told = ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counted if n)
        return f"<trace: {told or 'no call was seen'}>"

    def __str__(self) -> str:
        """What was seen, one line a call."""
        lines = [str(call) for call in self.calls]
        if len(lines) > LINES:
            lines[LINES:] = [f"... and {len(lines) - LINES} more"]
        return "\n  ".join([repr(self), *lines])


@dataclass(frozen=True)
class _Mark:
    """A moment: how many there were of each."""

    calls: int
    entries: int
    logs: int
    sleeps: int


def _mark(trace: Trace) -> _Mark:
    return _Mark(len(trace.calls), len(trace.entries), len(trace.logs), len(trace.sleeps))


def _seen(call: Call) -> SeenCall:
    site, entry = call.site, call.entry
    kind, operation = call.kind, call.operation
    if call.family == "db" and kind == "read" and not call.failable:
        kind = operation = "other"
    return SeenCall(
        kind, operation, call.target, call.statement, call.parameters, call.payload, dict(call.headers), call.status,
        f"{site.file}:{site.line}" if site is not None else "", site.function if site is not None else "",
        entry.label if entry is not None else "",
        f"{call.error.name}: {call.error.text}" if call.error is not None else "", call.faulted,
    )  # fmt: skip


def _entered(entry: Entry) -> SeenEntry:
    outcome = entry.outcome
    error = entry.error or (outcome.error if outcome is not None else None)
    return SeenEntry(
        entry.kind,
        entry.label,
        outcome.status if outcome is not None else None,
        f"{error.name}: {error.text}" if error is not None else "",
    )


def _is_query(call: Call) -> bool:
    return call.family == "db" and call.kind in ("read", "write") and call.failable


def _goes_to(url: str, host: str, path: str) -> bool:
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port
    except ValueError:  # a URL that no request could be sent to
        return False
    if not any(fnmatch.fnmatchcase(one, host) for one in (name, f"{name}:{port}")):
        return False
    path = path.rstrip("/")
    return parts.path == path or parts.path.startswith(f"{path}/") or not path


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 3]}..."
