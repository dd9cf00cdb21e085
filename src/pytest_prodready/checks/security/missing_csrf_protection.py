"""A form of a session is accepted from another site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...trace import Attempt, Trace
from ...verdicts import WARNING, Objection
from .. import Check
from ._reached import biting, with_view


class MissingCsrfProtection(Check):
    name = "missing-csrf-protection"
    pillar = "security"
    cwe = 352
    level = WARNING
    summary = (
        "a form that changes something is accepted with the cookie of a session, without token and from another origin"
    )
    why = "A page of somebody else's sends forms in the name of your user, who only has to look at it."
    fix = (
        "Check a token in each form (Flask-WTF, Django's middleware), and set `SameSite` on the cookie of the session."
    )
    bad = """app = Flask(__name__)"""
    good = """app = Flask(__name__)
CSRFProtect(app)"""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["form"]):
            message = f"{attempt.value} is accepted: {sink.proof}"
            yield from with_view(self.against_input(attempt, site, message, answer=sink.proof, proof=sink.proof), sink)
