"""The pillar `errors`: a strategy for a dropped connection, a slow or odd API, a full disk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..trace import Call, Entry, ErrorInfo, Outcome, Trace
from ..verdicts import ERROR, WARNING, Objection
from . import Check, View, family_of


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
        message = f"{error.name} left {outermost.function}() as it came from {error.name.split('.')[0]}"
        handler = f"{outermost.function} in {outermost.file}"
        yield self._escaped(view, error, message, handler, WARNING if self.doubtful(view) else ERROR)

    def _called(self, view: View, error: ErrorInfo) -> Iterator[Objection]:
        """A command, a task, a declared function: whoever called it sees what leaves it."""
        entry = view.entry
        left = entry.outcome is not None and entry.outcome.error is not None
        if not left or not self.foreign(error) or self.expected(entry, error):
            return
        how = "as a traceback" if entry.kind == "command" else f"as it came from {error.name.split('.')[0]}"
        name = entry.label if entry.kind != "declared" else f"{entry.label.partition(':')[2]}()"
        path = view.call.path
        outermost = next((site for site in reversed(path) if site.function != "<module>"), path[-1])
        handler = f"{outermost.function} in {outermost.file}" if entry.kind == "command" else entry.label
        yield self._escaped(view, error, f"{error.name} left {name} {how}", handler)

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
    def inner_layer(view: View) -> bool:
        """A unit test of an inner layer: the entry that reaches the site is the boundary."""
        return view.call.site in view.suite.reached

    @staticmethod
    def doubtful(view: View) -> bool:
        """The suite drives entries, or the test passed the connection in: perhaps this is no boundary."""
        return view.suite.has_entries or view.call.passed_in


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


class NoTimeout(Check):
    name = "no-timeout"
    pillar = "errors"
    cwe = 1088
    summary = "an outgoing HTTP call is made that would wait for ever"
    why = "One silent server takes every worker with it: each waits for an answer that never comes."
    fix = (
        "Give the call a time-out: `timeout=(connect, read)` for requests, `httpx.Timeout` for httpx, "
        "`urllib3.Timeout` for urllib3, `timeout=` for urllib and http.client."
    )
    bad = "requests.get(RATES)"
    good = "requests.get(RATES, timeout=(3, 10))"

    def looked_at(self, trace: Trace) -> Iterator[Call]:
        return (call for call in trace.source_calls() if call.waits_for_ever is not None)

    def look(self, trace: Trace) -> Iterator[Objection]:
        for call in self.looked_at(trace):
            if call.waits_for_ever and call.entry is not None and call.site is not None:
                yield self.against(
                    call, f"{call.operation} is called without a time-out and would wait for ever", f"{call.seam} time-out",
                    f"{call.site.function} in {call.site.file}", WARNING if call.family == "db" else ERROR,
                )  # fmt: skip


class Hang(Check):
    name = "hang"
    pillar = "errors"
    cwe = 835
    summary = "a trial passes its deadline in real time, or its budget in virtual time"
    why = "A worker that never returns is lost until somebody restarts it; a few of them are an outage."
    fix = "Bound the loop: so many attempts, with a back-off, then an answer of your own."
    bad = """while True:
    try:
        return fetch()
    except ConnectionError:
        continue"""
    good = """for attempt in range(3):
    try:
        return fetch()
    except ConnectionError:
        time.sleep(2 ** attempt)
raise Unavailable("tried three times")"""

    def judge(self, view: View) -> Iterator[Objection]:
        if view.trace.ended:
            assert view.call.site is not None
            yield self.against(
                view.call, f"did not come back: {view.trace.ended}", "hang",
                f"{view.call.site.function} in {view.call.site.file}", ended=view.trace.ended, sleeps=len(view.trace.sleeps),
            )  # fmt: skip


TRACEBACK = re.compile(r"Traceback \(most recent call last\)")
ADDRESS = re.compile(r"<[\w.<> ]+ object at 0x[0-9a-f]+>|<[\w.]+ at 0x[0-9a-f]+>")
STATUS_ERROR = re.compile(r"\bfor url:? ")  # what raise_for_status says, which is no error of the call itself
CLASS_PATH = re.compile(r"\b(?:sqlite3\.\w*Error|django\.db\.utils\.\w*Error|sqlalchemy\.exc\.\w+|requests\.exceptions\.\w+|urllib3\.\w+(?:\.\w+)*|httpx2?\.\w*(?:Error|Timeout)|"
                        r"httpcore2?\.\w+|urllib\.error\.\w+|http\.client\.\w+|psycopg2?\.\w+|pymysql\.\w+|redis\.exceptions\.\w+|\w*HTTPS?Connection(?:Pool)?\(host=[^)]*\))")  # fmt: skip


class LeakedInternals(Check):
    name = "leaked-internals"
    pillar = "errors"
    cwe = 209
    summary = "under a fault the user is shown a traceback, a statement, a driver's class path or deployment text"
    why = "Attackers read error pages: hosts, paths and statements tell them where to go on."
    fix = "Log the exception, and answer with a text of your own that holds none of it."
    bad = "return {'error': str(exc)}, 500"
    good = """log.exception("rates failed")
return {'error': 'rates are not available right now'}, 503"""

    def judge(self, view: View) -> Iterator[Objection]:
        outcome = view.entry.outcome
        if outcome is None or outcome.kind not in ("response", "exit"):
            return
        usual = self.usually_shown(view)
        command = outcome.kind == "exit"
        shows = "the command prints" if command else "the answer shows"
        handler = f"route {view.entry.label}"
        if command:
            site = view.call.path[-1]
            handler = view.entry.label if view.entry.kind == "command" else f"{site.function} in {site.file}"
        for what, text in self._leaks(view, self.without_log(view, outcome) if command else _shown(outcome)):
            if text not in usual and not (command and self.said_by_user(view.entry, text)):
                yield self.against(
                    view.call, f"{shows} {what}: {_short(text)}", "leak", handler,
                    shown=_short(text, 200), status=outcome.status, entry=view.entry.label,
                )  # fmt: skip
                return

    def _leaks(self, view: View, shown: str) -> Iterator[tuple[str, str]]:
        for what, pattern in (
            ("a traceback", TRACEBACK),
            ("the address of an object", ADDRESS),
            ("a driver's class path", CLASS_PATH),
        ):
            match = pattern.search(shown)
            if match:
                yield what, match[0]
        plain = _unescaped(shown)
        call = view.call
        if call.family == "db" and self.telling(call.statement) and _squeeze(call.statement) in _squeeze(plain):
            yield "the statement", _squeeze(call.statement)
        if view.entry.kind != "route" and not self.message_shown(view, plain):
            return
        if call.family == "db" and self.is_path(call.target) and call.target in plain:
            yield "the path of the database", call.target
        if call.family == "http":
            if call.statement and call.statement in plain:
                yield "the URL of the failed request", call.statement
            elif call.target and call.target in plain and self.put_there_by_library(view, plain):
                yield "the host of the failed request", call.target

    # the guards: each keeps clean code clean
    @staticmethod
    def usually_shown(view: View) -> str:
        """What the answer shows without a fault is not leaked by it."""
        control = view.control_entry.outcome if view.control_entry is not None else None
        return _shown(control) if control is not None else ""

    @staticmethod
    def without_log(view: View, outcome: Outcome) -> str:
        """What a command logs to stderr is a log, also where it is shown (structlog prints to stdout)."""
        records = [record for record in view.trace.logs if record.text.strip()]
        logs_out = any(r.logger == "structlog" and r.text in outcome.body for r in records)
        logs_err = any(r.text in outcome.errors for r in records)
        return ("" if logs_out else outcome.body) + "\n" + ("" if logs_err else outcome.errors)

    @staticmethod
    def said_by_user(entry: Entry, text: str) -> bool:
        """What somebody gave to the command himself is no secret to him."""
        return any(text in given or ("/" in given and given in text) for given in entry.given)

    @staticmethod
    def message_shown(view: View, plain: str) -> bool:
        """A command may name its files and servers in a sentence of its own; a library's message is another thing."""
        call = view.call
        told = {t for c in view.trace.calls if c.error is not None for t in c.error.texts}
        told |= set(view.entry.error.texts) if view.entry.error is not None else set()
        return STATUS_ERROR.search(plain) is not None or any(
            text in plain and any(what and what in text for what in (call.target, call.statement)) for text in told
        )

    @staticmethod
    def telling(statement: str) -> bool:
        """A statement as short as `COMMIT` is a word like any other."""
        return len(statement) > 12

    @staticmethod
    def is_path(target: str) -> bool:
        """Whether the database has a path that could be told."""
        return target not in ("", ":memory:")

    @staticmethod
    def put_there_by_library(view: View, plain: str) -> bool:
        """The name of a host is deployment text where a library's message or a URL has it, not in a sentence of source."""
        texts = " ".join(text for t in (view.entry.error, view.call.error) if t is not None for text in t.texts)
        texts += " ".join(text for c in view.trace.calls if c.error is not None for text in c.error.texts)
        return view.call.target in texts or "host=" in plain or "://" in plain


def _shown(outcome: Outcome) -> str:
    return outcome.body + outcome.errors + "\n" + "\n".join(f"{name}: {value}" for name, value in outcome.headers)


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _unescaped(text: str) -> str:
    import html

    return html.unescape(text).replace("\\n", "\n").replace('\\"', '"').replace("\\/", "/")


def _short(text: str, length: int = 80) -> str:
    text = _squeeze(text)
    return text if len(text) <= length else text[: length - 1] + "…"


CHECKS = [EscapedException(), NoTimeout(), Hang(), LeakedInternals()]
