"""Input is run by a shell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...trace import Attempt, Trace
from ...verdicts import Objection
from .. import Check
from ._reached import biting


class CommandInjection(Check):
    name = "command-injection"
    pillar = "security"
    cwe = 78
    summary = "attacked input reaches a shell as a command"
    why = "Whoever can add a command to yours runs what he likes on your server."
    fix = "Pass a list of arguments and no shell; where there must be one, `shlex.quote` every value."
    bad = """subprocess.run(f"ping -c 1 {host}", shell=True)"""
    good = """subprocess.run(["ping", "-c", "1", "--", host])"""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["command"]):
            yield self.against_input(
                attempt,
                site,
                f"{attempt.leaf} would have been run: {sink.proof} stands in the command outside of quotes",
                command=sink.text,
            )
