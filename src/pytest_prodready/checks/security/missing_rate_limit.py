"""Somebody may guess passwords as long as he likes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...trace import Attempt, Trace
from ...verdicts import Objection
from .. import Check

#: A delay of less holds nobody up.
DELAY = 1.0


class MissingRateLimit(Check):
    name = "missing-rate-limit"
    pillar = "security"
    cwe = 307
    summary = "50 wrong passwords in a row meet no 429, lock-out or delay"
    why = "Lists of leaked passwords are tried against every log-in; without a limit, thousands a minute."
    fix = "Count failures by account and by address, and refuse or delay after five (Flask-Limiter, slowapi, django-axes)."
    bad = """@app.post("/login")
def login(): ..."""
    good = """@app.post("/login")
@limiter.limit("5 per minute")
def login(): ..."""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        guesses = [attempt for attempt in attempts if attempt.value.startswith("wrong password")]
        if not guesses or attempts[-1].value != "the right password again":
            return
        if self.switched_off(guesses):
            return
        if any(sink.kind == "limit" for attempt in attempts for sink in attempt.sinks):
            return
        if self.delayed(guesses, trace) or not self.open_at_last(attempts[-1]) or self.differs(guesses):
            return
        last = guesses[-1]
        view = last.entry.view if last.entry is not None else None
        calls = trace.calls[slice(*last.calls)]
        places = [view] if view is not None else []
        places += [place for call in calls for place in call.path]
        answers = [one.entry.outcome for one in (last, attempts[-1]) if one.entry is not None]
        statuses = [outcome.status for outcome in answers if outcome is not None]
        proof = f"the last wrong one was answered {statuses[0]}, the right one {statuses[-1]}" if statuses else ""
        seen = set[str]()
        for place in places:
            if place.function not in seen:
                seen.add(place.function)
                message = f"{len(guesses)} wrong passwords in a row were refused one as the other, and the right one still let in"
                yield replace(
                    self.against_input(last, place, message, proof=proof),
                    handler=f"route {last.entry.label if last.entry is not None else ''}",
                )

    # the guards: each keeps clean code clean
    @staticmethod
    def switched_off(guesses: Sequence[Attempt]) -> bool:
        """The tests run without the limits of the application: what they would do was not seen."""
        return any(attempt.entry is not None and attempt.entry.unlimited for attempt in guesses)

    @staticmethod
    def delayed(guesses: Sequence[Attempt], trace: Trace) -> bool:
        """Whoever goes on guessing has to wait."""
        first, last = guesses[0].calls[0], guesses[-1].calls[1]
        return any(sleep.seconds >= DELAY and first <= sleep.after <= last for sleep in trace.sleeps)

    @staticmethod
    def open_at_last(attempt: Attempt) -> bool:
        """After all of them the right password is still good: nobody was locked out in silence."""
        return any(sink.kind == "let-in" for sink in attempt.sinks)

    @staticmethod
    def differs(guesses: Sequence[Attempt]) -> bool:
        """The last guess was answered with another status than the first."""
        outcomes = [attempt.entry.outcome for attempt in guesses if attempt.entry is not None]
        return len({outcome.status for outcome in outcomes if outcome is not None}) > 1
