"""A debugger answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...trace import Attempt, Trace
from ...verdicts import WARNING, Objection
from .. import Check
from ._reached import biting, with_view


class DebugMode(Check):
    name = "debug-mode"
    pillar = "security"
    cwe = 489
    level = WARNING
    summary = "a debugger answers"
    why = "It shows source, settings and variables to everybody, and that of Werkzeug runs what it is told."
    fix = "Switch debugging on by the environment of your own machine, and nowhere else."
    bad = """app.wsgi_app = DebuggedApplication(app.wsgi_app, evalex=True)"""
    good = """if os.environ.get("APP_ENV") == "development":
    app.wsgi_app = DebuggedApplication(app.wsgi_app, evalex=True)"""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["debugger"]):
            message = f"{sink.proof} answers {attempt.value}"
            yield from with_view(self.against_input(attempt, site, message, answer=sink.proof), sink)
