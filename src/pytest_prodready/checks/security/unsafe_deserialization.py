"""Input names what is called when it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...trace import Attempt, Trace
from ...verdicts import Objection
from .. import Check
from ._reached import biting


class UnsafeDeserialization(Check):
    name = "unsafe-deserialization"
    pillar = "security"
    cwe = 502
    summary = "attacked input chooses the class or function that is called when it is read"
    why = "A pickle is a program: reading one runs it."
    fix = "Read JSON, or `yaml.safe_load`; a pickle of your own has to be signed before it leaves and checked before it is read."
    bad = """pickle.loads(base64.b64decode(request.cookies["cart"]))"""
    good = """json.loads(request.cookies["cart"])"""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["pickle"]):
            yield self.against_input(
                attempt,
                site,
                f"{attempt.leaf} chooses what is loaded when it is read: {sink.proof}",
                named=sink.text,
                proof=sink.proof,
            )
