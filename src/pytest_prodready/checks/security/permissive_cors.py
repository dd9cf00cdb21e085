"""Any origin may read with credentials."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...trace import Attempt, Trace
from ...verdicts import WARNING, Objection
from .. import Check
from ._reached import biting, with_view


class PermissiveCors(Check):
    name = "permissive-cors"
    pillar = "security"
    cwe = 942
    level = WARNING
    summary = "any origin is allowed to read the answer with the credentials of the user"
    why = "Every page that your user looks at reads his data from your application."
    fix = "Compare the origin with a list of your own; leave credentials out where everybody may read."
    bad = """CORSMiddleware(app, allow_origins=["*"], allow_credentials=True)"""
    good = """CORSMiddleware(app, allow_origins=["https://shop.example"], allow_credentials=True)"""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["origin"]):
            message = f"another site may read the answer with the user's cookies: {sink.proof}"
            for objection in with_view(
                self.against_input(attempt, site, message, header=sink.proof, proof=sink.proof), sink
            ):
                yield replace(objection, handler="what the application says of other origins")
