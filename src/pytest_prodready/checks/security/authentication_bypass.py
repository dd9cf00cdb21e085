"""Somebody gets in whom nobody let in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...trace import Attempt, Outcome, Site, Trace
from ...verdicts import Objection
from .. import Check

#: Names of functions that look at credentials.
LOOKING = re.compile(r"token|auth|decode|verif|user|session|login|jwt|key|claim|perm|role|admin|valid|check", re.I)


class AuthenticationBypass(Check):
    name = "authentication-bypass"
    pillar = "security"
    cwe = 287
    summary = "a request that is refused without credentials is served with forged, tampered or expired ones"
    why = "Anybody can be anybody: he reads and changes what belongs to others, and it looks as if they had done it."
    fix = "Verify the signature with the algorithm that you chose, compare secrets whole (hmac.compare_digest), sign cookies."
    bad = 'claims = jwt.decode(token, options={"verify_signature": False})'
    good = 'claims = jwt.decode(token, KEY, algorithms=["HS256"])'

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt in attempts:
            if not any(sink.kind == "access" for sink in attempt.sinks) or not self.same_shape(attempt, trace):
                continue
            entry = attempt.entry
            if entry is None or entry.view is None:
                continue
            message = f"served with forged credentials: {attempt.value}"
            seen, outcome = set[str](), entry.outcome
            proof = f"answered {outcome.status} {outcome.body[:80]!r}" if outcome is not None else ""
            for place in (*self.places(attempt, entry.view, trace),):
                if place.function not in seen:
                    seen.add(place.function)
                    yield replace(
                        self.against_input(attempt, place, message, proof=proof), handler=f"route {entry.label}"
                    )
            return

    @staticmethod
    def places(attempt: Attempt, view: Site, trace: Trace) -> Iterator[Site]:
        """The function that answers, and those that look at credentials: they run before it, or when it refuses."""
        yield view
        refused = next((one for one in trace.attempts if one.value == "without credentials"), attempt)
        yield from refused.ran
        reached = False
        for place in attempt.ran:
            reached = reached or place.function == view.function
            if not reached or LOOKING.search(place.function):
                yield place

    # the guards: each keeps clean code clean
    @staticmethod
    def same_shape(attempt: Attempt, trace: Trace) -> bool:
        """What was served is what the right credentials get."""
        entry = attempt.entry
        outcome = entry.outcome if entry is not None else None
        usual = [
            other.outcome
            for other in trace.entries
            if entry is not None and other.label == entry.label and other.outcome is not None
        ]
        return outcome is not None and any(_shape(one) == _shape(outcome) for one in usual if not one.is_error)


def _shape(outcome: Outcome) -> object:
    """The fields of a document, or the type of a page."""
    try:
        document = json.loads(outcome.body)
    except ValueError:
        kind = next((value for name, value in outcome.headers if name.lower() == "content-type"), "")
        return outcome.status, kind
    return outcome.status, sorted(map(str, document)) if isinstance(document, dict) else type(document).__name__
