"""Debugging is on, or a debugger answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...trace import Attempt, Trace
from ...verdicts import WARNING, Objection
from .. import Check

SETTINGS = "the settings of the application"


class DebugMode(Check):
    name = "debug-mode"
    pillar = "security"
    cwe = 489
    level = WARNING
    summary = "the application has debugging on, so that an error shows a debugger, or a debugger answers a request"
    why = "It shows source, settings and variables to everybody, and that of Werkzeug runs what it is told."
    fix = "Switch debugging on by the environment of your own machine, and nowhere else."
    bad = """app = FastAPI(debug=True)"""
    good = """app = FastAPI(debug=os.environ.get("APP_ENV") == "development")"""

    def look(self, trace: Trace) -> Iterator[Objection]:
        seen = set()
        for entry in trace.entries:
            if entry.debug and entry.view is not None and entry.view not in seen:
                seen.add(entry.view)
                message = "debugging is on: an error in it shows source and variables"
                yield replace(self.against_answer(entry, entry.view, message, proof="debug is True"), handler=SETTINGS)

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        view = next((entry.view for entry in trace.entries if entry.view is not None), None)
        for attempt in attempts:
            for sink in attempt.sinks:
                if sink.bites and view is not None:  # the debugger answers before any view
                    message = f"{sink.proof} answers: {attempt.value}"
                    yield replace(
                        self.against_input(attempt, view, message, answer=sink.proof, proof=sink.proof),
                        handler=SETTINGS,
                    )
