"""Input ends a header of the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...trace import Attempt, Trace
from ...verdicts import Objection
from .. import Check
from ._reached import biting, with_view


class HeaderInjection(Check):
    name = "header-injection"
    pillar = "security"
    cwe = 113
    summary = "attacked input ends a header of the answer and begins another"
    why = "Whoever writes headers sets cookies for your users, and writes answers into caches."
    fix = "Refuse line ends in what goes into a header, or quote it (`urllib.parse.quote`)."
    bad = """return Response(headers={"X-Name": name})"""
    good = """return Response(headers={"X-Name": quote(name)})"""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["header"]):
            message = f"{attempt.leaf} ends a header of the answer: {sink.proof}"
            yield from with_view(self.against_input(attempt, site, message, header=sink.proof, proof=sink.proof), sink)
