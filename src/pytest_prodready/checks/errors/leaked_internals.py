"""What the user sees tells how the application is made and where it runs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from ...trace import Entry, Outcome
from ...verdicts import ERROR, WARNING, Objection
from .. import Check, View

#: Whoever runs a command may well be the one who put the file there.
DOUBTFUL = "the path of a file"
TRACEBACK = re.compile(r"Traceback \(most recent call last\)")
ADDRESS = re.compile(r"<[\w.<> ]+ object at 0x[0-9a-f]+>|<[\w.]+ at 0x[0-9a-f]+>")
SERVER = re.compile(r"([\w.-]+):\d+/")  # `db.example:5432/shop`; no path looks like that
STATUS_ERROR = re.compile(r"\bfor url:? ")  # what raise_for_status says, which is no error of the call itself
CLASS_PATH = re.compile(r"\b(?:sqlite3\.\w*Error|django\.db\.utils\.\w*Error|sqlalchemy\.exc\.\w+|(?:ni|re)quests\.exceptions\.\w+|urllib3\.\w+(?:\.\w+)*|httpx2?\.\w*(?:Error|Timeout)|"
                        r"httpcore2?\.\w+|urllib\.error\.\w+|http\.client\.\w+|psycopg2?\.\w+|pymysql\.\w+|MySQLdb\.\w+|asyncpg\.\w+|redis\.exceptions\.\w+|\w*HTTPS?Connection(?:Pool)?\(host=[^)]*\))")  # fmt: skip


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
            level = WARNING if what is DOUBTFUL else ERROR
            if text not in usual and not (command and self.said_by_user(view.entry, text)):
                yield self.against(
                    view.call, f"{shows} {what}: {_short(text)}", "leak", handler, level,
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
        if call.family == "file" and call.target in plain:
            if self.is_hidden(view, call.target):
                yield "the path of the file", call.target
            elif self.is_elsewhere(view, call.target) and not self.said_by_source(view, plain):
                yield DOUBTFUL, call.target
        if call.family in ("db", "cache") and (host := self.host_told(view, plain)):
            yield "the host of the database" if call.family == "db" else "the host of the cache", host
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
    def is_hidden(view: View, target: str) -> bool:
        """Where a file lies on the server; whoever runs a command works with files by their names."""
        return view.entry.kind == "route" and target.startswith("/")

    @staticmethod
    def is_elsewhere(view: View, target: str) -> bool:
        """A command's file that the user has not named, and that is neither at home nor in the folder that he is in."""
        folders = [os.path.dirname(given) or given for given in view.entry.given if "/" in given]
        known = [os.path.expanduser("~"), os.getcwd(), *folders]
        return target.startswith("/") and not any(target.startswith(os.path.join(folder, "")) for folder in known)

    @staticmethod
    def said_by_source(view: View, plain: str) -> bool:
        """It stands in a sentence of source, too, and not in a library's message alone."""
        target = view.call.target
        texts = {
            text for call in view.trace.calls if call.error is not None for text in call.error.texts if target in text
        }
        for text in texts:
            plain = plain.replace(text, "")
        return target in plain

    @staticmethod
    def host_told(view: View, plain: str) -> str:
        """The host of a database server, where a driver's message that names it is shown as a whole."""
        server = SERVER.match(view.call.target)
        if server is None:
            return ""
        texts = {_squeeze(text) for c in view.trace.calls if c.error is not None for text in c.error.texts}
        return server[1] if any(server[1] in text and text in _squeeze(plain) for text in texts) else ""

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
