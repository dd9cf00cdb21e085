"""Input that nobody thought of makes the application break."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...trace import Attempt, Entry, ErrorInfo, Trace
from ...verdicts import ERROR, WARNING, Objection
from .. import Check

#: A number that fits into no column.
LONG_NUMBER = re.compile(r"-?[0-9]{16,}")
#: One half of a character: whatever encodes it fails, and some libraries say so with an error of their own.
HALF = re.compile("[\ud800-\udfff]")
#: What no file system has a place for.
TOO_LONG = f"[Errno {errno.ENAMETOOLONG}]"
#: Bodies that no client of the application would send, whatever went wrong.
OTHER_BODIES = ("a list for the body", "a text for the body", "a number for the body")


class UnhandledInput(Check):
    name = "unhandled-input"
    pillar = "security"
    cwe = 20
    summary = "attacked or malformed input makes the application raise a foreign exception; W where it is far-fetched"
    why = "Whoever finds it fills your log and your pager at will, and learns where nobody checks what comes in."
    fix = "Check what comes in before you use it (a schema, a form, `type=int`), and answer 400 with what is wrong."
    bad = """quantity = int(request.form["quantity"])"""
    good = """quantity = request.form.get("quantity", type=int)
if quantity is None or not 1 <= quantity <= 99:
    abort(400, "quantity is a number from 1 to 99")"""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        """What any attack has brought to light, not only this one's own."""
        seen = set[tuple[str, object]]()
        for attempt in trace.attempts:
            entry = attempt.entry
            if not attempt.leaf or entry is None or entry.error is None or not self.broke(entry, entry.error):
                continue
            error = entry.error
            site = error.site
            if site is None or (error.name, site) in seen or self.stopped(attempt):
                continue
            if self.fails_anyway(entry, error, trace) or self.of_the_world(attempt, error, trace):
                continue
            if attempt.request.is_command and self.of_a_place(attempt, error, trace):
                continue
            seen.add((error.name, site))
            what = attempt.value if attempt.leaf == "request" else f"{attempt.leaf} = {attempt.value[:60]!r}"
            level = WARNING if self.far_fetched(attempt, error) else ERROR
            objection = replace(
                self.against_input(
                    attempt,
                    site,
                    f"{what} ends in {error.name}: {error.text[:120]}",
                    level,
                    proof=f"{error.name}: {error.text} at {site.file}:{site.line}",
                ),
                family=error.name,
                handler=entry.label if entry.kind == "command" else f"route {entry.label}",
            )
            yield objection
            if entry.view is not None and entry.view.function != site.function:
                yield replace(objection, site=entry.view)

    # the guards: each keeps clean code clean
    @staticmethod
    def far_fetched(attempt: Attempt, error: ErrorInfo) -> bool:
        """Half a character, NUL, a number beyond 64 bits, a name too long for a file, no object: only an attacker sends them."""
        if attempt.value in OTHER_BODIES or "UnicodeEncodeError" in error.classes or "\x00" in attempt.value:
            return True
        if HALF.search(attempt.value):
            return True
        if attempt.leaf.startswith(("header.", "cookie.")) and not attempt.value.isascii():
            return True
        if attempt.leaf != "request" and LONG_NUMBER.fullmatch(attempt.value):
            return True
        return TOO_LONG in error.text or (error.name == "OverflowError" and "SQLite" in error.text)

    @staticmethod
    def broke(entry: Entry, error: ErrorInfo) -> bool:
        """Nobody answered for the exception, and it is neither the application's own nor one of its framework alone."""
        unanswered = entry.last_resort or entry.kind == "command"
        return unanswered and error.origin == "foreign" and not error.injected

    @staticmethod
    def stopped(attempt: Attempt) -> bool:
        """It was we who stopped the request."""
        return attempt.ended is not None or any(sink.stops for sink in attempt.sinks)

    @staticmethod
    def fails_anyway(entry: Entry, error: ErrorInfo, trace: Trace) -> bool:
        """The request fails in the same way as it is: it was made before."""
        return any(
            other.label == entry.label and other.error is not None and other.error.name == error.name
            for other in trace.entries
        )

    @staticmethod
    def of_a_place(attempt: Attempt, error: ErrorInfo, trace: Trace) -> bool:
        """A file, address or terminal that is none, or holds something else: whoever runs a command chose it himself."""
        named = [one for one in trace.attempts if one.leaf == attempt.leaf]
        return (
            not {"OSError", "UnicodeEncodeError"}.isdisjoint(error.classes)
            or attempt.leaf.endswith(".content")
            or any(sink.kind == "own file" for one in named for sink in one.sinks)
            or any("://" in one.value for one in named)
        )

    @staticmethod
    def of_the_world(attempt: Attempt, error: ErrorInfo, trace: Trace) -> bool:
        """What was there already, or somebody who did not answer: no matter of the input's form."""
        made = trace.calls[slice(*attempt.calls)]
        if any(call.family == "http" and call.error is not None for call in made):
            return True
        return any(name.endswith("IntegrityError") for name in error.classes) and any(
            word in " ".join((error.text, *error.texts)).lower() for word in ("unique", "duplicate")
        )
