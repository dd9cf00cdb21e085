"""Input is evaluated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...trace import Attempt, Trace
from ...verdicts import Objection
from .. import Check
from ._reached import biting


class CodeInjection(Check):
    name = "code-injection"
    pillar = "security"
    cwe = 94
    summary = "attacked input is evaluated as Python"
    why = "An expression can import and call anything: taking the built-ins away does not help."
    fix = "Read values with `ast.literal_eval` or `json.loads`, formulas with a parser of your own, and choose functions from a table."
    bad = """eval(request.args["formula"])"""
    good = """ast.literal_eval(request.args["value"])"""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["code"]):
            yield self.against_input(
                attempt,
                site,
                f"{attempt.leaf} is evaluated: the name {sink.proof} was looked up",
                code=sink.text,
                proof=sink.proof,
            )
