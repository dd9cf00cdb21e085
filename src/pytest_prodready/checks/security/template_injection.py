"""Input is read as a template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...trace import Attempt, Trace
from ...verdicts import Objection
from .. import Check
from ._reached import biting


class TemplateInjection(Check):
    name = "template-injection"
    pillar = "security"
    cwe = 1336
    summary = "attacked input is read as a template and not as a value of one"
    why = "An expression of a template reaches the configuration, its secrets, and mostly the interpreter."
    fix = "Keep templates in files of yours and pass input as values; let users fill in `string.Template`, or a sandboxed environment."
    bad = """render_template_string(f"Hello {name}")"""
    good = """render_template_string("Hello {{ name }}", name=name)"""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["template", "echo"]):
            yield self.against_input(
                attempt,
                site,
                f"{attempt.leaf} is read as a template and not as a value: {sink.proof}",
                template=attempt.value,
                proof=sink.proof,
            )
